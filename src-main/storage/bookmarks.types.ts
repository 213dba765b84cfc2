/** Finding and keeping rooms: what the domain may ask of the database. */
import type { Invitation, RoomService } from '../model/bookmarks.ts'
import type { BareJid } from '../model/jid.ts'

export type InvitationAnswer = 'accept' | 'decline' | 'ignore'

/** As it is kept: the room's password is not. */
export interface KeptInvitation extends Omit<Invitation, 'password'> {
  /** 'room': it was the room that told us of it. */
  readonly via: 'room' | 'direct'
  /** On whose account it goes: an address that invites, or the domain of a room that does. */
  readonly sender: BareJid
  readonly answer?: InvitationAnswer
  readonly answeredAt?: number
}

export type NewInvitation = Omit<KeptInvitation, 'id' | 'answer' | 'answeredAt'>

/** As the user used it: 'rooms' lists its own, 'search' those of many. */
export type NamedService = Omit<RoomService, 'name'>

export interface BookmarksStorage {
  /** Those that wait for an answer, the latest first. */
  listInvitations(): readonly KeptInvitation[]
  findInvitation(invitationId: number): KeptInvitation | undefined
  /** Answered or not. */
  findInvitationTo(accountId: number, room: BareJid): KeptInvitation | undefined
  /** Takes the place of the one to the same room. */
  putInvitation(invitation: NewInvitation): KeptInvitation
  answerInvitation(invitationId: number, answer: InvitationAnswer, at: number): void
  /** How many of the account wait; with a sender, of its. */
  countInvitations(accountId: number, sender?: BareJid): number

  /** The one that was used last first. */
  listNamedServices(accountId: number): readonly NamedService[]
  /** Some dozens are kept. */
  putNamedService(accountId: number, service: NamedService, at: number): void

  /** Rooms of which our other devices are to be told how we keep them. */
  listBookmarksDue(accountId: number): readonly BareJid[]
  isBookmarkDue(accountId: number, room: BareJid): boolean
  setBookmarkDue(accountId: number, room: BareJid, due: boolean): void
}
