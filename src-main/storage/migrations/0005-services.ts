/** Services: discovery, forms, commands, capabilities. */
import type { WritableDB } from '../database.ts'

export function addServices(_db: WritableDB): void {}
