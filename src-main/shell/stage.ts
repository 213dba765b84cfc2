/**
 * What stands before anything of the profile is known: the session is locked, the pages are served, and the main window is
 * on its way, so that its process starts while this one opens the database.
 */
import { session, type BrowserWindow } from 'electron'
import type { Log } from '../domain/app.types.ts'
import { serveRenderer } from './app-scheme.ts'
import { lockSession } from './content-security.ts'
import { ORIGIN } from './own-pages.ts'
import type { Paths } from './paths.ts'
import { openBrowserWindow, type WindowTools } from './windows/browser-window.ts'
import { createPlaceStore } from './windows/place-store.ts'
import { lookOf } from './windows/subject.ts'

export interface StageOptions {
  readonly paths: Paths
  readonly log: Log
  /** Development only: the origin that the renderer is served from. */
  readonly developmentOrigin: string | undefined
  /** No window until it is wanted. */
  readonly startHidden: boolean
}

export interface Stage extends WindowTools {
  /** Where the pages are: `linnet://app`, or the development server. */
  readonly origin: string
  /** The main window, not shown yet. */
  readonly first: BrowserWindow | undefined
}

/** After `ready`. The page asks for nothing before the turn that calls this has ended. */
export function createStage({ paths, log, developmentOrigin, startHidden }: StageOptions): Stage {
  lockSession(session.defaultSession, developmentOrigin, log)
  serveRenderer(session.defaultSession, paths.renderer)
  const places = createPlaceStore(paths.windowPlaces, (error) =>
    log('shell/windows', 'warn', 'places not kept', { error }),
  )
  const tools = { places, preload: paths.preload, icons: paths.icons }
  const origin = developmentOrigin ?? ORIGIN
  const first = startHidden ? undefined : openBrowserWindow(lookOf(origin, { kind: 'main' }), tools)
  return { ...tools, origin, first }
}
