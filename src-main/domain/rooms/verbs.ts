/** Being in rooms: the user's verbs. */
import type { Occupant, RoomsState } from '../../model/room.ts'
import { settleInvitation } from '../bookmarks/invitations.ts'
import { keepRoom, tellBookmark } from '../bookmarks/tell.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { withUserErrors, withUserErrorsAsync } from '../user-errors.ts'
import { listRooms } from './describe.ts'
import { leaveRoom } from './entering.ts'
import { listHappenings } from './happenings.ts'
import { ignoreOccupant, listOccupants, openPrivate } from './people.ts'
import { listReaders } from './readers.ts'
import { requestVoice, setNick } from './speaking.ts'
import { setSubject } from './subject.ts'
import type { RoomsVerbs } from './verbs.types.ts'
import { joinRoom, rejoinRoom } from './wishes.ts'
import { getVisit } from './visits.ts'

export function createRoomsVerbs(tools: Tools, sessions: Sessions): RoomsVerbs {
  const online = sessions.requireOnline
  return {
    joinRoom: (input) =>
      now(() => {
        const conversation = joinRoom(tools, sessions.get(input.accountId).online(), input)
        settleInvitation(tools, input.accountId, conversation.counterpart)
        if (input.autojoin) keepRoom(tools, conversation.id, { bookmarked: true, autojoin: true })
        return conversation
      }),
    rejoinRoom: (input) =>
      now(() => {
        const { accountId } = getVisit(tools, input.conversationId)
        rejoinRoom(tools, sessions.get(accountId).online(), input)
      }),
    leaveRoom: ({ conversationId }) =>
      now(() => {
        const visit = getVisit(tools, conversationId)
        leaveRoom(tools, sessions.get(visit.accountId).online(), visit)
        visit.password = undefined
        tools.secrets.rooms.forget(visit.accountId, visit.jid)
        keepRoom(tools, conversationId, { autojoin: false })
      }),
    setNick: ({ conversationId, nick }) =>
      withUserErrorsAsync(async () => {
        const visit = getVisit(tools, conversationId)
        await setNick(tools, sessions.get(visit.accountId).online(), visit, nick)
        tellBookmark(tools, conversationId)
      }),
    setSubject: ({ conversationId, subject }) =>
      withUserErrorsAsync(async () => {
        const visit = getVisit(tools, conversationId)
        await setSubject(online(visit.accountId), visit, subject)
      }),
    listOccupants: ({ conversationId }) =>
      now((): readonly Occupant[] => listOccupants(tools, conversationId)),
    listHappenings: ({ conversationId }) => now(() => listHappenings(getVisit(tools, conversationId))),
    listReaders: ({ conversationId }) => now(() => listReaders(tools, conversationId)),
    setRoomNotify: ({ conversationId, notify }) =>
      now(() => {
        getVisit(tools, conversationId)
        keepRoom(tools, conversationId, { notify })
      }),
    openPrivate: (input) => now(() => openPrivate(tools, input)),
    ignoreOccupant: (input) => now(() => ignoreOccupant(tools, input)),
    requestVoice: ({ conversationId }) =>
      now(() => {
        const visit = getVisit(tools, conversationId)
        requestVoice(online(visit.accountId), visit)
      }),
  }
}

/** Done at once, and answered as what takes its time. */
function now<T>(body: () => T): Promise<T> {
  return new Promise((resolve) => resolve(withUserErrors(body)))
}

export function readRoomsState(tools: Tools): RoomsState {
  return { rooms: listRooms(tools) }
}
