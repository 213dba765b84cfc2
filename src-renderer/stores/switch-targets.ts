/** Whom Ctrl+K can go to: every conversation, and every contact without one. */
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { Linnet } from './linnet.svelte.ts'
import { roomPicture } from './picture-ref.ts'
import type { RoomStore } from './rooms.svelte.ts'
import type { SwitchTarget } from './switcher.ts'

/**
 * `notes` is the name of the conversation with oneself, which is always there to go to; `nameOf` tells what a room, or a
 * conversation through one, is called: without it they are left out.
 */
export function switchTargets(
  { accounts, conversations, roster, presence, rooms }: Linnet,
  notes: string,
  nameOf?: (conversation: Conversation) => string,
): readonly SwitchTarget[] {
  const people = conversations.list.filter(({ kind }) => kind === 'chat')
  const talked = new Set(people.map((one) => `${one.accountId} ${one.counterpart}`))
  const describe = (accountId: number, jid: string) => ({
    accountId,
    jid,
    ...(accounts.find(accountId)?.jid === jid
      ? { name: notes, isNotes: true }
      : { name: roster.nameOf(accountId, jid) }),
    show: presence.showOf(accountId, jid),
  })
  return [
    ...people.map(({ id, accountId, counterpart, unreadCount, activeAt }) => ({
      ...describe(accountId, counterpart),
      ...{ conversationId: id, unreadCount, activeAt },
    })),
    ...(nameOf === undefined ? [] : roomTargets(conversations.list, rooms, nameOf)),
    ...[...accounts.usable.map(({ id, jid }) => ({ accountId: id, jid })), ...roster.all]
      .filter(({ accountId }) => accounts.find(accountId)?.retired !== true)
      .filter((contact) => !talked.has(`${contact.accountId} ${contact.jid}`))
      .map((contact) => ({
        ...describe(contact.accountId, contact.jid),
        conversationId: undefined,
        unreadCount: 0,
        activeAt: 0,
      })),
  ]
}

function roomTargets(
  conversations: readonly Conversation[],
  rooms: Pick<RoomStore, 'find'>,
  nameOf: (conversation: Conversation) => string,
): SwitchTarget[] {
  return conversations.flatMap((conversation) => {
    const { id, accountId, kind, counterpart, unreadCount, activeAt } = conversation
    if (kind === 'chat') return []
    const picture = kind === 'room' ? roomPicture(rooms.find(id)) : undefined
    const target = { accountId, kind, jid: counterpart, name: nameOf(conversation), show: 'offline' as const }
    return [{ ...target, conversationId: id, unreadCount, activeAt, picture }]
  })
}
