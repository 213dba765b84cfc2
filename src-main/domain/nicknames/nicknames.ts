/** What others call themselves (XEP-0172): kept and told. Where it may be shown is the windows' question (text/nicknames.ts). */
import type { BareJid } from '../../model/jid.ts'
import type { Nickname } from '../../model/nickname.ts'
import type { Storage } from '../../storage/storage.ts'
import type { Events, Log } from '../app.types.ts'
import { createPacedNews, type News } from '../paced-news.ts'

export interface Nicknames {
  /** Who says it was checked: a contact, a stranger whose first message it came with, or our own account. Empty: none any more. */
  note(accountId: number, jid: BareJid, nick: string): void
  /** Takes what waits; nothing happens later any more. */
  stop(): void
}

interface Needs {
  readonly storage: Storage
  readonly now: () => number
  readonly log: Log
}

export function createNicknames({ storage, now, log }: Needs, events: Events): Nicknames {
  const paced = createPacedNews<string>({
    now,
    merge: (_, later) => later,
    take,
    failed: (error) => log('domain/nicknames', 'warn', 'nicknames could not be noted', { error }),
  })

  /** Tells those that are another one now, and gives them. */
  function take(due: readonly News<string>[]): readonly Nickname[] {
    const news = due
      .map(({ accountId, jid, said }) => ({ accountId, jid, nick: said.trim() }))
      .filter(({ accountId, jid, nick }) => nick !== (storage.findNickname(accountId, jid) ?? ''))
    if (news.length === 0) return []
    const nicknames = storage.unsyncedTransaction(() =>
      news.filter(({ accountId, jid, nick }) => storage.setNickname(accountId, jid, nick)),
    )
    if (nicknames.length > 0) events.emit('nickname.changed', { nicknames })
    return nicknames
  }

  return { note: paced.note, stop: paced.stop }
}
