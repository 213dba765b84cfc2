/** What holds for every page that ever comes to be, whoever makes it. */
import { app } from 'electron'
import type { Log } from '../domain/app.types.ts'
import { lockContents } from './content-security.ts'
import { reviveContents } from './crash.ts'

/** Before the first window. */
export function attachContents(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    lockContents(contents, log)
    reviveContents(contents, log)
  })
}
