/** What the user must know that belongs to no screen; each kind once, until it has passed. */
import type { Notice } from '../model/events.ts'
import type { Events } from './app.types.ts'

export interface Notices {
  list(): readonly Notice[]
  /** Announces it, unless the same kind stands already. */
  raise(notice: Notice): void
  /** The trouble has passed: it may be announced again. */
  clear(code: Notice['code']): void
}

export function createNotices(events: Events, initial: readonly Notice[]): Notices {
  let standing = [...initial]
  return {
    list: () => standing,
    raise(notice) {
      if (standing.some((each) => each.code === notice.code)) return
      standing = [...standing, notice]
      events.emit('notice.raised', { notice })
    },
    clear(code) {
      standing = standing.filter((each) => each.code !== code)
    },
  }
}
