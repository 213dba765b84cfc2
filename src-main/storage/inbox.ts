/** Single messages and the feed of notices, joined for createStorage. */
import type { WritableDB } from './database.ts'
import { prepareFeedReads, prepareFeedWrites } from './feed.ts'
import type { InboxStorage } from './inbox.types.ts'
import { prepareSingleReads } from './single-reads.ts'
import { prepareSingleWrites } from './singles.ts'

export function prepareInbox(db: WritableDB): InboxStorage {
  return {
    ...prepareSingleReads(db),
    ...prepareSingleWrites(db),
    ...prepareFeedReads(db),
    ...prepareFeedWrites(db),
  }
}
