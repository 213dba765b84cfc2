/**
 * Making a room (XEP-0045 §10.1). Only one that is new by the room's own word (status 201) is set up: an address that is
 * taken is left as it is.
 */
import { UserError } from '../../contract/errors.ts'
import type { CheckedInput } from '../../contract/commands.ts'
import type { Conversation } from '../../model/conversation.ts'
import type { BareJid } from '../../model/jid.ts'
import type { RoomPreset } from '../../model/ownership.ts'
import { StanzaError } from '../../protocol/errors.ts'
import {
  acceptDefaults,
  cancelConfiguration,
  fetchConfiguration,
  fetchRoomInfo,
  fillConfiguration,
  submitConfiguration,
} from '../../protocol/xep-0045-muc/index.ts'
import { invite } from '../bookmarks/invite.ts'
import { keepRoom } from '../bookmarks/tell.ts'
import { announceConversation, getConversation } from '../conversations.ts'
import type { Link } from '../link.ts'
import { enterRoom, learnTraits, leaveRoom } from '../rooms/entering.ts'
import type { Visit } from '../rooms/memory.ts'
import { openRoomAt } from '../rooms/wishes.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { asUserError, userError } from '../user-errors.ts'
import { PROMISED, wishesOf } from './presets.ts'

type Input = CheckedInput<'room.create'>

/**
 * Throws UserError: 'offline'; 'refused-by-server' with condition 'conflict' where the address is taken;
 * 'not-supported' where the service can't make what was promised. Then nothing is left behind.
 */
export async function createRoom(tools: Tools, sessions: Sessions, input: Input): Promise<Conversation> {
  const link = sessions.requireOnline(input.accountId)
  await requireFree(link, input.jid)
  const visit = openRoomAt(tools, input.accountId, input.jid, input.nick)
  await enterRoom(tools, link, visit, { mayCreate: true })
  if (visit.phase !== 'in') throw refused(visit)
  if (!visit.created) {
    leaveRoom(tools, link, visit)
    throw taken()
  }
  try {
    await setUp(link, input.jid, input.preset, input.name)
  } catch (error) {
    await cancelConfiguration(link.iq, input.jid).catch(() => undefined)
    leaveRoom(tools, link, visit)
    throw asUserError(error)
  }
  // Other windows hear of it too; it may be one that was put away when it was another's.
  tools.storage.setKeeping(visit.conversationId, { putAwayAt: null })
  announceConversation(tools, visit.conversationId)
  await settleIn(tools, link, visit, input)
  return getConversation(tools, visit.conversationId)
}

/** A room that is there is not even entered. */
async function requireFree({ iq }: Link, jid: BareJid): Promise<void> {
  try {
    await fetchRoomInfo(iq, jid)
  } catch (error) {
    if (error instanceof StanzaError && error.condition === 'item-not-found') return
    throw error
  }
  throw taken()
}

function taken(): UserError {
  return new UserError({ code: 'refused-by-server', detail: 'conflict', condition: 'conflict' })
}

function refused({ problem }: Visit): UserError {
  const condition = problem?.code === 'may-not-create' ? 'not-allowed' : 'not-acceptable'
  const detail = problem?.code === 'other' ? problem.detail : (problem?.code ?? condition)
  return new UserError({ code: 'refused-by-server', detail, condition })
}

/** Opens it by that. Nothing that the form does not offer is set. */
async function setUp({ iq }: Link, jid: BareJid, preset: RoomPreset, name: string): Promise<void> {
  const form = await fetchConfiguration(iq, jid)
  if (form === undefined) {
    if (PROMISED[preset].length > 0) throw userError('not-supported')
    return acceptDefaults(iq, jid)
  }
  const { answers, missing } = fillConfiguration(form, wishesOf(preset, name))
  if (PROMISED[preset].some((promised) => missing.includes(promised))) throw userError('not-supported')
  await submitConfiguration(iq, jid, answers)
}

/** It is there now, whatever fails from here on. */
async function settleIn(tools: Tools, link: Link, visit: Visit, input: Input): Promise<void> {
  const { log } = tools
  await learnTraits(tools, link, visit)
  const notify = input.preset === 'group' ? ({ notify: 'all' } as const) : {}
  keepRoom(tools, visit.conversationId, { bookmarked: true, autojoin: true, ...notify })
  const stored = tools.storage.findRoom(visit.conversationId)
  const others = input.invite.filter((jid) => jid !== link.stream.ownBareJid)
  if (stored === undefined || others.length === 0) return
  await invite(tools, link, stored, others, '').catch((error: unknown) =>
    log('domain/ownership', 'warn', 'not all could be invited', { error }),
  )
}
