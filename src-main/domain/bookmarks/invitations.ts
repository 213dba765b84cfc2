/**
 * Invitations (XEP-0045 §7.8, XEP-0249) as the user handles them: they wait, over restarts, until they are answered.
 * Nothing is joined by them.
 */
import type { CheckedInput } from '../../contract/commands.ts'
import type { BookmarksState, Invitation } from '../../model/bookmarks.ts'
import type { BareJid } from '../../model/jid.ts'
import { present } from '../../protocol/stanza.ts'
import { buildDecline } from '../../protocol/xep-0045-muc/index.ts'
import type { InvitationAnswer, KeptInvitation } from '../../storage/bookmarks.types.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

export function readBookmarksState(tools: Tools): BookmarksState {
  return { invitations: tools.storage.listInvitations().map((each) => toInvitation(tools, each)) }
}

export function toInvitation({ bookmarks }: Pick<Tools, 'bookmarks'>, kept: KeptInvitation): Invitation {
  const { id, accountId, room, from, reason, receivedAt } = kept
  return {
    ...{ id, accountId, room, reason, receivedAt },
    ...present('from', from),
    ...present('password', bookmarks.invitationPasswords.get(id)),
  }
}

/** Throws UserError: 'not-found'; 'offline' where a no is to be passed on by the room. */
export function answerInvitation(
  tools: Tools,
  sessions: Sessions,
  { invitationId, answer }: CheckedInput<'invitation.answer'>,
): void {
  const kept = tools.storage.findInvitation(invitationId)
  if (kept === undefined || kept.answer !== undefined) throw userError('not-found')
  if (answer === 'decline') decline(sessions, kept)
  settle(tools, kept, answer)
}

/** §7.8.2: the room tells the inviter; one who invited directly is not told at all. */
function decline(sessions: Sessions, { accountId, room, via, from }: KeptInvitation): void {
  if (via === 'direct' || from === undefined) return
  const { stream, newId } = sessions.requireOnline(accountId)
  if (!stream.send(buildDecline({ room, via, inviter: from, reason: '' }, '', newId()))) {
    throw userError('offline')
  }
}

/** The user is in this room, or on the way into it, by another way: nobody need ask any more. */
export function settleInvitation(tools: Tools, accountId: number, room: BareJid): void {
  const kept = tools.storage.findInvitationTo(accountId, room)
  if (kept !== undefined && kept.answer === undefined) settle(tools, kept, 'accept')
}

function settle(tools: Tools, { id }: KeptInvitation, answer: InvitationAnswer): void {
  tools.storage.answerInvitation(id, answer, tools.now())
  tools.bookmarks.invitationPasswords.delete(id)
  tools.events.emit('invitation.answered', { invitationId: id })
}
