/** Own devices: what is read, pinned, muted and put away on one is so on all: tables and statements. */
import { prepareDisplayed } from './displayed.ts'
import type { DevicesStorage } from './devices.types.ts'
import type { WritableDB } from './database.ts'
import { prepareKeeping } from './keeping.ts'

export function prepareDevices(db: WritableDB): DevicesStorage {
  return { ...prepareDisplayed(db), ...prepareKeeping(db) }
}
