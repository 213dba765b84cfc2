/**
 * Which picture each contact shows: by XEP-0084, else by the hash in their presence (XEP-0153). A sign-in brings one of
 * everybody, and a contact may change it as often as it likes: see paced-news.ts.
 */
import type { BareJid } from '../../model/jid.ts'
import type { PersonPicture } from '../../model/picture.ts'
import type { SaidPicture } from '../../storage/person-pictures.types.ts'
import type { Storage } from '../../storage/storage.ts'
import type { Events, Log } from '../app.types.ts'
import { createPacedNews, type News } from '../paced-news.ts'

export interface PersonPictures {
  /** Who says it was checked: the person itself, a contact or our own account. */
  note(accountId: number, jid: BareJid, said: SaidPicture): void
  /** The same at once: what we did ourselves. */
  set(accountId: number, jid: BareJid, said: SaidPicture): void
  /** Takes what waits, too soon or not; nothing happens later any more. */
  stop(): void
}

interface Needs {
  readonly storage: Storage
  readonly now: () => number
  readonly log: Log
}

export function createPersonPictures({ storage, now, log }: Needs, events: Events): PersonPictures {
  const paced = createPacedNews<SaidPicture>({
    now,
    merge,
    take,
    failed: (error) => log('domain/pictures', 'warn', 'pictures could not be noted', { error }),
  })

  /** Tells those that are another picture now, and gives them. */
  function take(due: readonly News<SaidPicture>[]): readonly PersonPicture[] {
    const changed = store(due)
    if (changed.length > 0) events.emit('picture.changed', { pictures: changed })
    return changed
  }

  function store(due: readonly News<SaidPicture>[]): readonly PersonPicture[] {
    const news = due.filter(({ accountId, jid, said }) => {
      const known = storage.findPersonPicture(accountId, jid)
      return !isSame(merge(known, said), known ?? {})
    })
    if (news.length === 0) return []
    return storage.unsyncedTransaction(() =>
      news.flatMap(({ accountId, jid, said }) => {
        const known = storage.findPersonPicture(accountId, jid)
        const before = shownHash(known)
        if (!storage.setPersonPicture(accountId, jid, withdrawn(known, said))) return []
        const hash = shownHash(storage.findPersonPicture(accountId, jid))
        return hash === before ? [] : [{ accountId, jid, hash }]
      }),
    )
  }

  return {
    note: paced.note,
    set(accountId, jid, said) {
      paced.forget(accountId, jid)
      take([{ accountId, jid, said }])
    },
    stop: paced.stop,
  }
}

/** What is published counts; a vCard's picture where there is none of that. Empty: none. */
export function shownHash(said: SaidPicture | undefined): string {
  return said?.published === undefined || said.published === '' ? (said?.inVCard ?? '') : said.published
}

/** The server may have copied it into the vCard (XEP-0398): then it is gone from there too. */
function withdrawn(known: SaidPicture | undefined, said: SaidPicture): SaidPicture {
  const isGone = said.published === '' && said.inVCard === undefined
  return isGone && known?.inVCard === known?.published ? { published: '', inVCard: '' } : said
}

function merge(known: SaidPicture | undefined, said: SaidPicture): SaidPicture {
  return { published: said.published ?? known?.published, inVCard: said.inVCard ?? known?.inVCard }
}

function isSame(one: SaidPicture, other: SaidPicture): boolean {
  return one.published === other.published && one.inVCard === other.inVCard
}
