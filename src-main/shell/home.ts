/** What makes the application at home on this desktop: sound, spelling, zoom, starting with the session, and what it tells of itself. */
import { session } from 'electron'
import type { App, Log } from '../domain/app.types.ts'
import { createAbout, type About, type AboutOptions } from './about/about.ts'
import { createUpdates, type Updates } from './about/updates.ts'
import { onEachContents } from './contents.ts'
import type { Broadcast } from './ipc/broadcast.ts'
import type { Overview } from './overview.ts'
import { createSpelling, type Spelling } from './spelling.ts'
import { createStartup, type Startup } from './startup.ts'
import type { Windows } from './windows/registry.ts'
import { attachZoom, type ZoomStep } from './zoom.ts'

export interface HomeTools {
  readonly app: Pick<App, 'events' | 'setPreferences' | 'state'>
  readonly overview: Overview
  readonly windows: Windows
  readonly broadcast: Broadcast
  readonly about: Omit<AboutOptions, 'app'>
  readonly log: Log
}

export interface Home {
  readonly spelling: Spelling
  readonly startup: Startup
  readonly about: About
  readonly updates: Updates
  zoom(step: ZoomStep): void
  /** Plays the sound in one window; false where there is none. */
  chime(): boolean
}

/** Before a page has been asked for. */
export function createHome({ app, overview, windows, broadcast, about, log }: HomeTools): Home {
  const spelling = createSpelling(session.defaultSession, process.platform)
  spelling.apply(overview.preferences().spelling)
  app.events.on('preferences.changed', ({ preferences }) => spelling.apply(preferences.spelling))
  const zoom = attachZoom(app, () => overview.preferences().zoom, onEachContents)
  return {
    spelling,
    startup: createStartup(),
    about: createAbout({ app, ...about }),
    updates: createUpdates({
      ...{ log, wish: () => overview.preferences().updates },
      onChange: (state) => app.events.emit('update.changed', { state }),
    }),
    zoom,
    chime: () => {
      const [player] = windows.receivers()
      if (player !== undefined) broadcast.push(player.windowId, 'sound.requested', { kind: 'message' })
      return player !== undefined
    },
  }
}
