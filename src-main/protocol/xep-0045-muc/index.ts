/** XEP-0045: Multi-User Chat, version 1.35.5. https://xmpp.org/extensions/xep-0045.html */
import { NS } from './namespaces.ts'

export const features = [NS]

export { NS, NS_USER } from './namespaces.ts'
export type {
  Actor,
  AffiliationEntry,
  Declination,
  Departure,
  Destruction,
  JoinError,
  JoinErrorKind,
  Occupancy,
  ParsedInvitation,
  RoleEntry,
  RoomRequest,
} from './muc.types.ts'
export { occupantJid, saneNick } from './foreign.ts'
export { parseOccupancy } from './occupants.ts'
export { parseRoomStatuses, type RoomStatus } from './statuses.ts'
export { departureOf } from './departures.ts'
export { joinErrorOf } from './join-errors.ts'
export { buildJoin, buildLeave, buildRoomPresence, type JoinRequest, type RoomHistory } from './visiting.ts'
export { buildSubjectChange, isSubjectChange } from './subjects.ts'
export {
  buildDecline,
  buildMediatedInvitation,
  parseDeclination,
  parseMediatedInvitation,
  type OutgoingInvitation,
} from './invitations.ts'
export { buildOccupantMark, parseOccupantMark } from './private-messages.ts'
export { buildRequestAnswer, buildVoiceRequest, parseRoomRequest } from './requests.ts'
export { fetchReservedNick, registeredNick } from './nicks.ts'
export { fetchRoles, setRole, type RoleChange } from './roles.ts'
export {
  fetchAffiliations,
  setAffiliations,
  type AffiliationChange,
  type AffiliationList,
} from './affiliations.ts'
export {
  acceptDefaults,
  cancelConfiguration,
  destroyRoom,
  fetchConfiguration,
  fillConfiguration,
  submitConfiguration,
  type ConfigurationWishes,
} from './owning.ts'
export { fetchRoomInfo, roomInfoOf, type RoomInfo, type RoomOffer } from './room-info.ts'
export {
  fetchOccupantNicks,
  fetchRooms,
  fetchRoomsOf,
  isRoomService,
  type RoomListing,
  type RoomPage,
} from './directory.ts'
