/** Shows system notifications and takes them away. */
import { Notification } from 'electron'
import type { App } from '../domain/app.types.ts'
import type { Translate } from '../text/text.ts'
import type { NotificationText } from './notification-text.ts'
import type { Overview } from './overview.ts'
import type { Windows } from './windows/registry.ts'

/** News is gathered for so long, that a burst is one notification. */
export const GATHER_MS = 250

export interface NotificationTools {
  readonly app: Pick<App, 'events'>
  readonly overview: Overview
  readonly windows: Windows
  readonly text: () => Translate
  readonly icon: string
}

/** What is shown now; a new one takes the place of the old of its subject. */
export interface Notifier {
  show(subject: string, words: NotificationText, onClick: () => void): void
  close(subject: string): void
}

export function createNotifier({ windows, icon }: NotificationTools): Notifier {
  /** By subject; kept so that they can't be collected while shown. */
  const shown = new Map<string, Notification>()
  const close = (subject: string): void => {
    shown.get(subject)?.close()
    shown.delete(subject)
  }
  return {
    close,
    show(subject, words, onClick) {
      if (!Notification.isSupported()) return
      close(subject)
      const notification = new Notification({ ...words, icon })
      notification.on('click', onClick)
      notification.on('close', () => {
        if (shown.get(subject) === notification) shown.delete(subject)
      })
      shown.set(subject, notification)
      notification.show()
      windows.flash()
    },
  }
}
