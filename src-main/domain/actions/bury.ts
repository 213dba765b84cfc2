/**
 * A tombstone in an archive (XEP-0424 §4): the message that stood there was taken back, and its words are gone there. So are
 * they here, where the message is known; where it is not, its row says that there was one.
 */
import { resourceOf } from '../../model/jid.ts'
import type { Message } from '../../model/message.ts'
import type { ParsedMessage } from '../../protocol/message.ts'
import type { Draft } from '../incoming/draft.ts'
import type { Tools } from '../tools.ts'

/** Only what an archive answers has one: on a stream anybody could write it. */
export function isTombstone({
  parsed,
  archived,
}: {
  readonly parsed: Pick<ParsedMessage, 'tombstone' | 'body' | 'type'>
  readonly archived?: Draft['archived']
}): boolean {
  const { tombstone, body, type } = parsed
  const isChat = type === 'chat' || type === 'groupchat'
  return archived !== undefined && tombstone !== undefined && body === undefined && isChat
}

/** In the transaction that stored its row, or met it. */
export function bury(draft: Draft, { storage }: Tools, message: Message): void {
  const { tombstone } = draft.parsed
  if (tombstone === undefined || !isTombstone(draft)) return
  const { stampMs = message.sentAt, moderated } = tombstone
  if (moderated !== undefined) {
    const by = moderated.by && resourceOf(moderated.by)
    storage.setModerated(message.id, { ...(by === undefined ? {} : { by }), reason: moderated.reason })
  }
  const changed = storage.retractMessage(message.id, stampMs)
  if (changed !== undefined) draft.changed.push(changed)
}
