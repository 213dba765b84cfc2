/** Rooms (XEP-0045): who and what is in them, and how we stand there: plain types, what is announced, what a window starts with. */
import type { BareJid } from './jid.ts'
import type { Message } from './message.ts'

export const ROLES = ['none', 'visitor', 'participant', 'moderator'] as const
/** For one visit. */
export type Role = (typeof ROLES)[number]
export const AFFILIATIONS = ['outcast', 'none', 'member', 'admin', 'owner'] as const
/** Lasts from visit to visit. */
export type Affiliation = (typeof AFFILIATIONS)[number]

/** XEP-0317: a title that the room gives. Its words and colour are the room's. */
export interface Hat {
  readonly uri: string
  readonly title: string
  /** Degrees, as in XEP-0392. */
  readonly hue?: number
}

export interface Occupant {
  readonly nick: string
  /** XEP-0421: the same person under any nick; absent where the room does not give it. */
  readonly occupantId?: string
  /** The real address, where the room shows it to us. */
  readonly jid?: BareJid
  readonly role: Role
  readonly affiliation: Affiliation
  readonly show: 'chat' | 'online' | 'away' | 'xa' | 'dnd'
  readonly status: string
  readonly hats?: readonly Hat[]
  /** SHA-1, hex (XEP-0153). */
  readonly avatarHash?: string
  /** What they say is not shown: the user wants it so. */
  readonly ignored?: true
}

/** What a room says of itself (disco#info). */
export interface RoomTraits {
  readonly name: string
  readonly description: string
  readonly membersOnly: boolean
  /** Visitors may not speak. */
  readonly moderated: boolean
  /** Everybody sees real addresses. */
  readonly nonAnonymous: boolean
  readonly passwordProtected: boolean
  /** Goes when the last one leaves. */
  readonly temporary: boolean
  /** Not in the directory. */
  readonly hidden: boolean
  /** Keeps what is said (XEP-0313). */
  readonly archived: boolean
  /** XEP-0421, XEP-0425, XEP-0424 in rooms. */
  readonly occupantIds: boolean
  readonly moderation: boolean
  /** XEP-0359: the ids of its messages are its own. XEP-0317: and so are hats. */
  readonly stanzaIds?: boolean
  readonly hats?: boolean
  readonly occupantCount?: number
  readonly language?: string
  /** XEP-0500: seconds between two messages of one visitor. */
  readonly slowModeSeconds?: number
  readonly avatarHash?: string
  /** XEP-0486: its owners can give it a picture. */
  readonly pictures?: boolean
}

/** `detail`: in the room's or the server's own words. */
interface NotLetIn<Code extends string> {
  readonly code: Code
  readonly detail?: string
}

/** Why a room does not let us in. */
export type JoinProblem =
  | (NotLetIn<'password'> & { readonly wrong?: true })
  | NotLetIn<'members-only' | 'banned' | 'full' | 'locked' | 'not-found' | 'may-not-create' | 'unreachable'>
  /** `free` is a nick that may do. */
  | (NotLetIn<'nick-taken' | 'nick-refused'> & { readonly free?: string })
  | (NotLetIn<'gone'> & { readonly jid?: BareJid })
  | { readonly code: 'other'; readonly detail: string }

/** Why we are not in a room, or no longer. `actor` and `reason` are the words of others. */
export type RoomProblem =
  | JoinProblem
  | {
      readonly code:
        'was-kicked' | 'was-banned' | 'affiliation-lost' | 'became-members-only' | 'shut-down' | 'technical'
      readonly actor?: string
      readonly reason?: string
    }
  | {
      readonly code: 'destroyed'
      readonly reason?: string
      readonly jid?: BareJid
      readonly password?: string
    }

/** out: left by the user; failed: not let in, or thrown out; see `problem`. */
export type RoomPhase = 'out' | 'joining' | 'in' | 'failed'

export const ROOM_NOTIFY = ['all', 'mentions', 'none'] as const
export type RoomNotify = (typeof ROOM_NOTIFY)[number]

/** Of a conversation that is a room: everything but its messages and occupants. */
export interface Room {
  readonly conversationId: number
  readonly accountId: number
  readonly jid: BareJid
  readonly phase: RoomPhase
  readonly problem?: RoomProblem
  /** Ours there; the wanted one while we are out. */
  readonly nick: string
  readonly role: Role
  readonly affiliation: Affiliation
  /** The name that the user gave it, else that of the room, else ''. */
  readonly name: string
  readonly subject: string
  readonly subjectBy?: string
  /** Undefined until the room was asked once. */
  readonly traits?: RoomTraits
  readonly occupantCount: number
  /** Joined by itself at each start, on all devices (XEP-0402). */
  readonly autojoin: boolean
  readonly bookmarked: boolean
  readonly notify: RoomNotify
  /** How many unread messages speak to us. */
  readonly mentions: number
  /** XEP-0502: messages an hour, about and by the service's word; of rooms that are not joined, where it is told. */
  readonly activity?: number
  /** XEP-0500, epoch milliseconds: until then what we say waits. May be in the past. */
  readonly mayTalkAt?: number
}

/** Who says a message of a room. Part of every such message. */
export interface Author {
  readonly nick: string
  readonly occupantId?: string
  readonly jid?: BareJid
}

export interface Typing {
  readonly conversationId: number
  readonly nicks: readonly string[]
}

export const ROOM_REQUESTS = ['voice', 'registration'] as const
export type RoomRequestKind = (typeof ROOM_REQUESTS)[number]

export interface RoomsEvents {
  'room.changed': { readonly room: Room }
  'room.removed': { readonly conversationId: number }
  /** At most ten times a second; `replaced`: these are all. */
  'occupants.changed': {
    readonly conversationId: number
    readonly replaced: boolean
    readonly upserted: readonly Occupant[]
    /** Nicks. */
    readonly removed: readonly string[]
  }
  'room.typingChanged': Typing
  /** A visitor wants to be heard (§8.6), which moderators are told; somebody wants to belong (§9.9), which admins are. */
  'room.voiceRequested': {
    readonly conversationId: number
    readonly kind: RoomRequestKind
    /** Where none is wanted, the address. */
    readonly nick: string
    readonly jid?: BareJid
  }
  /** A message of a room that the user wants to be told of. */
  'room.mentioned': { readonly message: Message }
}

export interface RoomsState {
  readonly rooms: readonly Room[]
}
