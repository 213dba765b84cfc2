/** What holds for every page that ever comes to be, whoever makes it. */
import { app, webContents, type WebContents } from 'electron'
import type { Log } from '../domain/app.types.ts'
import { lockContents } from './content-security.ts'
import { reviveContents } from './crash.ts'

/** For each page that there is, and each that comes. */
export function onEachContents(listener: (contents: WebContents) => void): void {
  for (const contents of webContents.getAllWebContents()) listener(contents)
  app.on('web-contents-created', (_event, contents) => listener(contents))
}

/** Before the first window. */
export function attachContents(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    lockContents(contents, log)
    reviveContents(contents, log)
  })
}
