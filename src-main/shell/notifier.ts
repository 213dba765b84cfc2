/** Shows system notifications and takes them away. */
import { Notification } from 'electron'
import type { App } from '../domain/app.types.ts'
import { mayDisturb } from '../domain/notifications.ts'
import type { Translate } from '../text/text.ts'
import type { NotificationText } from './notification-text.ts'
import type { Overview } from './overview.ts'
import type { Windows } from './windows/registry.ts'

/** News is gathered for so long, that a burst is one notification. */
export const GATHER_MS = 250
/** Whoever goes on talking is heard no later. */
export const GATHER_MOST_MS = 1000

export interface NotificationTools {
  readonly app: Pick<App, 'events'>
  readonly overview: Overview
  readonly windows: Windows
  readonly text: () => Translate
  readonly icon: string
  /** Plays Linnet's own sound; false where no window is there to play it. */
  readonly chime: () => boolean
}

/** What is shown now; a new one takes the place of the old of its subject. */
export interface Notifier {
  /** A quiet one makes no sound, and nothing blinks. */
  show(subject: string, words: NotificationText, onClick: () => void, quiet?: boolean): void
  close(subject: string): void
}

/**
 * Whether the user may be disturbed for this account now. Asked when news comes as well as when it is told: what came in
 * quiet hours stays untold when they end within the moment of gathering.
 */
export function mayDisturbNow(overview: Overview, accountId: number): boolean {
  return mayDisturb({
    settings: overview.settings(),
    ownPresence: overview.presenceOf(accountId),
    quiet: overview.isQuiet(),
  })
}

export function createNotifier({ windows, icon, overview, chime }: NotificationTools): Notifier {
  /** By subject; kept so that they can't be collected while shown. */
  const shown = new Map<string, Notification>()
  const close = (subject: string): void => {
    shown.get(subject)?.close()
    shown.delete(subject)
  }
  return {
    close,
    show(subject, words, onClick, quiet = false) {
      if (!Notification.isSupported()) return
      close(subject)
      // Our own sound where it can be played, else the system's: never both.
      const silent = quiet || !overview.preferences().sounds || chime()
      const notification = new Notification({ ...words, icon, silent })
      notification.on('click', onClick)
      notification.on('close', () => {
        if (shown.get(subject) === notification) shown.delete(subject)
      })
      shown.set(subject, notification)
      notification.show()
      if (!quiet) windows.flash()
    },
  }
}
