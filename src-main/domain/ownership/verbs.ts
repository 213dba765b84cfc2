/** Caring for a room: the user's verbs. The room decides what we may. */
import type { CheckedInput } from '../../contract/commands.ts'
import { bareOf } from '../../model/jid.ts'
import type { Affiliated } from '../../model/ownership.ts'
import {
  cancelConfiguration,
  destroyRoom,
  fetchAffiliations,
  fetchConfiguration,
  setAffiliations,
  setRole,
  submitConfiguration,
} from '../../protocol/xep-0045-muc/index.ts'
import { keepRoom } from '../bookmarks/tell.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError, withUserErrorsAsync } from '../user-errors.ts'
import { createRoom } from './create.ts'
import { moderate } from './moderate.ts'
import { requireRoom, type OurRoom } from './our-room.ts'
import { setPicture } from './picture.ts'
import type { OwnershipVerbs } from './verbs.types.ts'
import { answerVoice } from './voice.ts'

export function createOwnershipVerbs(tools: Tools, sessions: Sessions): OwnershipVerbs {
  function inRoom<I extends { readonly conversationId: number }, T>(
    body: (room: OurRoom, input: I) => Promise<T>,
  ) {
    return (input: I): Promise<T> =>
      withUserErrorsAsync(async () => body(requireRoom(tools, sessions, input.conversationId), input))
  }
  return {
    createRoom: (input) => withUserErrorsAsync(() => createRoom(tools, sessions, input)),
    fetchRoomConfig: inRoom(async ({ link, stored }) => {
      const form = await fetchConfiguration(link.iq, stored.jid)
      if (form === undefined) throw userError('not-supported')
      return form
    }),
    submitRoomConfig: inRoom(({ link, stored }, { answers }) =>
      submitConfiguration(link.iq, stored.jid, answers),
    ),
    cancelRoomConfig: inRoom(({ link, stored }) => cancelConfiguration(link.iq, stored.jid)),
    setRoomPicture: inRoom((room, input: CheckedInput<'room.setPicture'>) => setPicture(tools, room, input)),
    destroyRoom: inRoom(async ({ link, stored }, { reason, alternative }) => {
      const where = alternative === undefined ? {} : { alternative }
      await destroyRoom(link.iq, stored.jid, { reason, ...where })
      keepRoom(tools, stored.conversationId, { bookmarked: false, autojoin: false })
    }),
    listAffiliations: inRoom(async ({ link, stored }, { affiliation }) => {
      const { entries, ...list } = await fetchAffiliations(link.iq, stored.jid, affiliation)
      return {
        ...list,
        entries: entries.map(({ jid, ...entry }): Affiliated => ({ jid: bareOf(jid), ...entry })),
      }
    }),
    setAffiliation: inRoom(({ link, stored }, { jid, affiliation, reason }) =>
      setAffiliations(link.iq, stored.jid, [{ jid, affiliation, reason }]),
    ),
    setRole: inRoom(({ link, stored }, { nick, role, reason }) =>
      setRole(link.iq, stored.jid, { nick, role, reason }),
    ),
    moderateMessage: (input) => withUserErrorsAsync(() => moderate(tools, sessions, input)),
    answerVoiceRequest: (input) => withUserErrorsAsync(() => answerVoice(tools, sessions, input)),
  }
}
