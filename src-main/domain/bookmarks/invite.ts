/**
 * Asking others in: directly (XEP-0249), which arrives more surely, or where a room is for members only through the room
 * (XEP-0045 §7.8.2), which lets them in by it.
 */
import type { CheckedInput } from '../../contract/commands.ts'
import type { BareJid } from '../../model/jid.ts'
import {
  buildMediatedInvitation,
  fetchAffiliations,
  setAffiliations,
} from '../../protocol/xep-0045-muc/index.ts'
import { buildDirectInvitation } from '../../protocol/xep-0249-direct-invitations.ts'
import type { Element } from '../../protocol/xml.ts'
import type { StoredRoom } from '../../storage/rooms.types.ts'
import type { Link } from '../link.ts'
import { requireRoom } from '../ownership/our-room.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

/** Throws UserError: 'not-found', 'offline'. Rejects as Iq.request does, where the room makes nobody a member. */
export async function inviteToRoom(
  tools: Tools,
  sessions: Sessions,
  { conversationId, jids, reason }: CheckedInput<'room.invite'>,
): Promise<void> {
  const { stored, link } = requireRoom(tools, sessions, conversationId)
  await invite(tools, link, stored, [...new Set(jids)], reason.trim())
}

export async function invite(
  tools: Tools,
  link: Link,
  { conversationId, jid: room, traits }: StoredRoom,
  jids: readonly BareJid[],
  reason: string,
): Promise<void> {
  const visit = tools.rooms.ofConversation(conversationId)
  const isClosed = traits?.membersOnly === true
  const mayAdd = visit?.affiliation === 'owner' || visit?.affiliation === 'admin'
  if (isClosed && mayAdd) await addMembers(link, room, jids)
  for (const to of jids) {
    const id = link.newId()
    const words: Element = isClosed
      ? buildMediatedInvitation({ room, invitee: to, reason, id })
      : buildDirectInvitation(to, { room, reason, password: visit?.password }, id)
    if (!link.stream.send(words)) throw userError('offline')
  }
}

/** Who is something there already must not become less by it. One by one: Prosody takes the first of several alone. */
async function addMembers({ iq }: Link, room: BareJid, jids: readonly BareJid[]): Promise<void> {
  const lists = await Promise.all(
    // An admin may not see who owns it.
    (['owner', 'admin', 'member'] as const).map((affiliation) =>
      fetchAffiliations(iq, room, affiliation).catch(() => ({ entries: [] })),
    ),
  )
  const known = new Set<string>(lists.flatMap(({ entries }) => entries.map(({ jid }) => jid)))
  const fresh = jids.filter((jid) => !known.has(jid))
  await Promise.all(fresh.map((jid) => setAffiliations(iq, room, [{ jid, affiliation: 'member' }])))
}
