/** How the cases of rooms are read and written: XEP-0045 and what belongs to it. */
import type { FieldAnswer } from '../../../src-main/model/form.ts'
import type { BareJid, FullJid, Jid } from '../../../src-main/model/jid.ts'
import type { Affiliation, Role } from '../../../src-main/model/room.ts'
import { buildMessage, parseMessage, type OutgoingMessage } from '../../../src-main/protocol/message.ts'
import { parsePresence, type OutgoingPresence } from '../../../src-main/protocol/presence.ts'
import { present } from '../../../src-main/protocol/stanza.ts'
import { parseDiscoInfo } from '../../../src-main/protocol/xep-0030-service-discovery.ts'
import {
  buildDecline,
  buildJoin,
  buildLeave,
  buildMediatedInvitation,
  buildRoomPresence,
  buildSubjectChange,
  departureOf,
  isSubjectChange,
  joinErrorOf,
  type JoinRequest,
  buildRequestAnswer,
  buildVoiceRequest,
  parseRoomRequest,
  roomInfoOf,
  type AffiliationChange,
  type Destruction,
  type OutgoingInvitation,
  type ParsedInvitation,
  type RoleChange,
  type RoomRequest,
} from '../../../src-main/protocol/xep-0045-muc/index.ts'
import {
  buildAffiliationChanges,
  buildListRequest,
} from '../../../src-main/protocol/xep-0045-muc/affiliations.ts'
import {
  buildCancel,
  buildConfiguration,
  buildDestroy,
} from '../../../src-main/protocol/xep-0045-muc/owning.ts'
import { buildRoleChange, parseRoles } from '../../../src-main/protocol/xep-0045-muc/roles.ts'
import {
  buildDirectInvitation,
  type DirectInvitation,
} from '../../../src-main/protocol/xep-0249-direct-invitations.ts'
import {
  buildLegacyBookmarks,
  parseLegacyBookmarks,
  type LegacyBookmarks,
} from '../../../src-main/protocol/xep-0048-legacy-bookmarks.ts'
import { buildBookmark, parseBookmark, type Bookmark } from '../../../src-main/protocol/xep-0402-bookmarks.ts'
import {
  buildChannelSearch,
  parseChannels,
  type ChannelQuery,
} from '../../../src-main/protocol/xep-0433-channel-search.ts'
import { buildModerate, type ModerationRequest } from '../../../src-main/protocol/xep-0425-moderation.ts'
import type { Element } from '../../../src-main/protocol/xml.ts'
import { parseStanza } from '../../helpers/stanza.ts'
import type { Codec } from './codec.ts'

const context = { ownBareJid: 'juliet@capulet.example' as BareJid }

const message: Codec = {
  parse: (element) => parseMessage(element, context),
  build: (value: OutgoingMessage) => buildMessage(value),
}

/** A presence, with what is made of it: why somebody left, or why we did not come in. */
function parseVisit(element: Element): unknown {
  const presence = parsePresence(element, context)
  if (presence.kind === 'rejected') return presence
  const { type, error, occupancy } = presence
  const isGone = type === 'unavailable' && occupancy !== undefined
  return {
    presence,
    ...present('departure', isGone ? departureOf(occupancy) : undefined),
    ...present('joinError', error && joinErrorOf(error)),
  }
}

type Visit =
  | ({ readonly act: 'join' } & JoinRequest)
  | { readonly act: 'leave'; readonly occupant: FullJid; readonly status?: string }
  | {
      readonly act: 'change'
      readonly occupant: FullJid
      readonly id: string
      readonly presence: Omit<OutgoingPresence, 'to'>
    }

function buildVisit(visit: Visit): Element {
  if (visit.act === 'join') return buildJoin(visit)
  if (visit.act === 'leave') return buildLeave(visit.occupant, visit.status)
  return buildRoomPresence(visit.occupant, visit.presence, visit.id)
}

/** What an owner, admin or moderator asks of a room: the payload of the iq. */
type Care =
  | { readonly act: 'affiliations'; readonly changes: readonly AffiliationChange[] }
  | { readonly act: 'affiliation-list'; readonly affiliation: Affiliation }
  | ({ readonly act: 'role' } & RoleChange)
  | { readonly act: 'role-list'; readonly role: Role }
  | { readonly act: 'configure'; readonly answers: readonly FieldAnswer[] }
  | { readonly act: 'cancel' }
  | { readonly act: 'destroy'; readonly destruction: Destruction }

function buildCare(care: Care): Element {
  if (care.act === 'affiliations') return buildAffiliationChanges(care.changes)
  if (care.act === 'role') return buildRoleChange(care)
  if (care.act === 'configure') return buildConfiguration(care.answers)
  if (care.act === 'destroy') return buildDestroy(care.destruction)
  if (care.act === 'cancel') return buildCancel()
  return buildListRequest(care.act === 'role-list' ? { role: care.role } : { affiliation: care.affiliation })
}

type RoomMessage =
  | { readonly act: 'ask-voice'; readonly room: BareJid; readonly id: string }
  | { readonly act: 'answer'; readonly stanza: string; readonly allow: boolean; readonly id: string }
  | ({ readonly act: 'invite' } & OutgoingInvitation)
  | {
      readonly act: 'decline'
      readonly invitation: ParsedInvitation
      readonly reason: string
      readonly id: string
    }
  | { readonly act: 'subject'; readonly room: BareJid; readonly subject: string; readonly id: string }
  | ({ readonly act: 'message' } & OutgoingMessage)

function buildRoomMessage(built: RoomMessage): Element {
  if (built.act === 'invite') return buildMediatedInvitation(built)
  if (built.act === 'decline') return buildDecline(built.invitation, built.reason, built.id)
  if (built.act === 'subject') return buildSubjectChange(built.room, built.subject, built.id)
  if (built.act === 'ask-voice') return buildVoiceRequest(built.room, built.id)
  if (built.act === 'answer') {
    const request = parseRoomRequest(parseStanza(built.stanza))
    return buildRequestAnswer(request as RoomRequest, built.allow, built.id)
  }
  return buildMessage(built)
}

/** An `<item/>` of the node, and what is made of it; what is written is its payload. */
const bookmark: Codec = {
  parse(element) {
    const [payload] = element.getChildElements()
    return parseBookmark({ id: String(element.attrs['id']), ...present('payload', payload) })
  },
  build: (value: Bookmark) => buildBookmark(value),
}

export const roomCodecs: Readonly<Record<string, Codec>> = {
  'xep-0045': {
    parse(element) {
      const parsed = parseMessage(element, context)
      const isSubject = parsed.kind === 'message' && isSubjectChange(parsed)
      return isSubject ? { ...parsed, isSubjectChange: true } : parsed
    },
    build: buildRoomMessage,
  },
  'xep-0045-presence': { parse: parseVisit, build: buildVisit },
  'xep-0045-care': { parse: parseRoles, build: buildCare },
  'xep-0045-info': { parse: (element) => roomInfoOf(parseDiscoInfo(element)) },
  'xep-0048': {
    parse: (element) => parseLegacyBookmarks(element),
    build: (value: LegacyBookmarks) => buildLegacyBookmarks(value),
  },
  'xep-0153': { parse: parseVisit },
  'xep-0249': {
    parse: message.parse,
    build: (value: DirectInvitation & { readonly to: Jid; readonly id: string }) =>
      buildDirectInvitation(value.to, value, value.id),
  },
  'xep-0317': { parse: parseVisit },
  'xep-0402': bookmark,
  'xep-0433': {
    parse: (element) => parseChannels(element),
    build: (value: ChannelQuery) => buildChannelSearch(value),
  },
  'xep-0469': bookmark,
  'xep-0492': bookmark,
  'xep-0421': message,
  'xep-0425': { parse: message.parse, build: (value: ModerationRequest) => buildModerate(value) },
  'xep-0463': message,
  'xep-0513': message,
}
