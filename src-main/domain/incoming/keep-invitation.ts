/**
 * An invitation is kept for the user to answer, and is no message of a chat, whatever words come with it. So that
 * strangers can't fill the list, each of them may have so many waiting, and all together so many (attack S20).
 */
import { bareOf, domainOf, type BareJid } from '../../model/jid.ts'
import type { KeptInvitation, NewInvitation } from '../../storage/bookmarks.types.ts'
import { isBlocked } from '../availability/blocking.ts'
import { hearDeclination } from '../bookmarks/declined.ts'
import { toInvitation } from '../bookmarks/invitations.ts'
import type { Tools } from '../tools.ts'
import type { Draft, IncomingStep } from './draft.ts'

/** What may wait for an answer. A room's own word counts on its service, which can make up rooms and inviters. */
export const INVITATION_BOUNDS = { each: 20, strangers: 100, all: 500 } as const

export const keepInvitation: IncomingStep = (draft, tools) => {
  const { parsed } = draft
  if (parsed.invitation === undefined && parsed.declination === undefined) return 'continue'
  hearDeclination(draft, tools)
  const invitation = invitationOf(draft, tools)
  if (invitation !== undefined && isWelcome(tools, invitation)) keep(draft, tools, invitation)
  return 'stop'
}

/** Undefined for what we said ourselves, on any device, for errors, and for what nobody asked us. */
function invitationOf(
  { parsed, link, isOwn, stampMs, archived }: Draft,
  tools: Tools,
): NewInvitation | undefined {
  const { invitation, type } = parsed
  if (invitation === undefined || isOwn || type === 'error' || archived?.isOld === true) return undefined
  const { room, via, inviter, reason } = invitation
  return {
    ...{ accountId: link.accountId, room, via, reason },
    ...(inviter === undefined ? {} : { from: inviter }),
    sender: via === 'direct' ? bareOf(parsed.from) : (domainOf(room) as BareJid),
    receivedAt: stampMs ?? tools.now(),
  }
}

function isWelcome(tools: Tools, invitation: NewInvitation): boolean {
  const { accountId, room, from, sender } = invitation
  if ([room, from].some((jid) => jid !== undefined && isBlocked(tools, accountId, jid))) return false
  const known = tools.storage.findInvitationTo(accountId, room)
  if (known !== undefined && !mayReplace(tools, known, invitation)) return false
  return known?.answer === undefined && known?.sender === sender ? true : hasRoom(tools, invitation)
}

/** What was answered may come once more out of the archive. Who was ignored is; a stranger replaces no contact's. */
function mayReplace(tools: Tools, known: KeptInvitation, invitation: NewInvitation): boolean {
  const { receivedAt, sender } = invitation
  if (known.answeredAt !== undefined && receivedAt <= known.answeredAt) return false
  if (known.answer === 'ignore') return known.sender !== sender
  if (known.answer !== undefined) return true
  return receivedAt >= known.receivedAt && (isTrusted(tools, invitation) || !isTrusted(tools, known))
}

function hasRoom(tools: Tools, invitation: NewInvitation): boolean {
  const { each, strangers, all } = INVITATION_BOUNDS
  const { accountId, sender } = invitation
  const waiting = tools.storage.countInvitations(accountId)
  const bound = isTrusted(tools, invitation) ? all : strangers
  if (waiting < bound && tools.storage.countInvitations(accountId, sender) < each) return true
  tools.log('domain/incoming', 'warn', 'too many invitations wait', { from: sender })
  return false
}

/** A contact said it itself. Whom a room names proves nothing. */
function isTrusted(
  { storage }: Tools,
  { accountId, via, sender }: Pick<NewInvitation, 'accountId' | 'via' | 'sender'>,
): boolean {
  return via === 'direct' && storage.findContact(accountId, sender) !== undefined
}

function keep(draft: Draft, tools: Tools, invitation: NewInvitation): void {
  const { accountId, room } = invitation
  if (tools.storage.findRoomAt(accountId, room)?.wanted === true) return
  const kept = tools.storage.putInvitation(invitation)
  const { invitationPasswords } = tools.bookmarks
  const password = draft.parsed.invitation?.password
  if (password === undefined) invitationPasswords.delete(kept.id)
  else invitationPasswords.set(kept.id, password)
  draft.announcements.push(() =>
    tools.events.emit('invitation.received', { invitation: toInvitation(tools, kept) }),
  )
}
