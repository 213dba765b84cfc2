/** What conversations are called. */
import type { Conversation } from '../../../src-main/model/conversation.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import { plainName } from '../../../src-main/text/names.ts'
import { localPart } from '../../stores/address.ts'
import type { Linnet } from '../../stores/linnet.svelte.ts'

export type Named = Pick<Conversation, 'id' | 'accountId' | 'kind' | 'counterpart' | 'nick'>

/** Notes to self: the conversation with the own address has a name of its own. */
export function isNotes({ accounts }: Linnet, accountId: number, jid: string): boolean {
  return accounts.find(accountId)?.jid === jid
}

/** What the user calls a room, else what it calls itself, else its address. */
export function roomName({ rooms }: Linnet, accountId: number, jid: string): string {
  const name = rooms.with(accountId, jid)?.name.trim() ?? ''
  return name === '' ? localPart(jid) || jid : name
}

/**
 * As the roster has it, else the address; of a room its name. Who writes through a room is always told with the room: never
 * like a contact (attack S20).
 */
export function conversationName(linnet: Linnet, t: Translate, conversation: Named): string {
  const { accountId, kind, counterpart, nick = '' } = conversation
  if (kind === 'room') return roomName(linnet, accountId, counterpart)
  if (kind === 'private') {
    return t('rooms.privateName', { nick, room: plainName(roomName(linnet, accountId, counterpart)) })
  }
  return isNotes(linnet, accountId, counterpart)
    ? t('devices.notes')
    : linnet.roster.nameOf(accountId, counterpart)
}
