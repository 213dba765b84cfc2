/** What own stanzas without a message of their own look like on the wire: a new kind is one line here and one in model/deed.ts. */
import type { DeedKind, DeedPayloads } from '../../model/deed.ts'
import { buildMessage, type OutgoingMessage } from '../../protocol/message.ts'
import { NS as RETRACT, RETRACTION_FALLBACK } from '../../protocol/xep-0424-retraction.ts'
import type { Element } from '../../protocol/xml.ts'
import type { StoredDeed } from '../../storage/actions.types.ts'
import { additionsOf } from '../replies/additions.ts'
import { addressing } from '../rooms/outgoing.ts'
import type { Tools } from '../tools.ts'

/** Everything but whom it goes to; undefined when there is nothing to be said any more. */
type Content = Omit<OutgoingMessage, 'to' | 'id' | 'type' | 'ofOccupant'> | undefined

type Writers = {
  readonly [K in DeedKind]: (tools: Tools, deed: StoredDeed, payload: DeedPayloads[K]) => Content
}

const writers: Writers = {
  correction: writeCorrection,
  retraction: (_tools, _deed, { retracts }) => ({
    body: RETRACTION_FALLBACK,
    retraction: { retracts },
    fallback: { for: RETRACT },
    hint: 'store',
  }),
  reactions: (_tools, _deed, { to, emoji }) => ({ reactions: { to, emoji }, hint: 'store' }),
}

/** §4 of XEP-0308: the whole message again, with other words. */
function writeCorrection(
  { storage }: Tools,
  { target, messageId }: StoredDeed,
  { replaces }: DeedPayloads['correction'],
): Content {
  const version = target === undefined ? undefined : storage.findRevision(target, messageId)
  if (target === undefined || version === undefined) return undefined
  const { thread, reply, spoiler } = storage.getReference(target)
  const { body, links } = version
  return { thread, ...additionsOf({ body, reply, spoiler, links }), correction: { replaces } }
}

/** Undefined when it is pointless now: the words it would have sent were taken back. */
export function buildDeed(tools: Tools, accountId: number, stored: StoredDeed): Element | undefined {
  const { kind, payload } = stored.deed
  const write = writers[kind] as (tools: Tools, deed: StoredDeed, payload: unknown) => Content
  const content = write(tools, stored, payload)
  const id = stored.messageId
  const to = stored.counterpart
  return content && buildMessage({ ...content, ...addressing(tools, accountId, to), to, id, originId: id })
}
