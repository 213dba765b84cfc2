/**
 * What a page of ours may do beyond its content policy, which is nothing: no permissions, no remote requests, nowhere to go.
 */
import { app, type Session, type WebContents } from 'electron'
import type { Log } from '../domain/app.types.ts'
import { isOwnPage } from './own-pages.ts'

/** Denies each permission and each request that is not for our own pages. `developmentOrigin`: see own-pages.ts. */
export function lockSession(session: Session, developmentOrigin: string | undefined, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log('shell/security', 'warn', 'permission denied', { permission })
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((request, answer) => {
    const allowed = isAllowedRequest(request.url, developmentOrigin)
    if (!allowed) log('shell/security', 'warn', 'request denied', { type: request.resourceType })
    answer({ cancel: !allowed })
  })
  session.on('will-download', (event) => event.preventDefault())
}

function isAllowedRequest(url: string, developmentOrigin: string | undefined): boolean {
  if (isOwnPage(url, developmentOrigin) || url.startsWith('data:')) return true
  // Hot reload's socket, and the developer tools' own pages; neither exists in a packaged application.
  if (developmentOrigin === undefined) return !app.isPackaged && url.startsWith('devtools:')
  return url.startsWith('devtools:') || isOwnPage(url.replace(/^ws/, 'http'), developmentOrigin)
}

/** For every web contents that ever comes to be, whoever makes it. */
export function lockContents(contents: WebContents, log: Log): void {
  const deny = (event: { preventDefault(): void }): void => {
    log('shell/security', 'warn', 'navigation denied')
    event.preventDefault()
  }
  contents.on('will-navigate', deny)
  contents.on('will-frame-navigate', deny)
  contents.on('will-redirect', deny)
  contents.on('will-attach-webview', deny)
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
