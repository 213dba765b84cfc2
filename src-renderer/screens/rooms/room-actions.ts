/** What can be done in a room, connected to the bridge. */
import type { OccupantActions } from '../../components/rooms/occupant-menu.ts'
import type { VoiceRequest } from '../../stores/rooms.svelte.ts'
import type { Linnet } from '../../stores/linnet.svelte.ts'

export interface RoomActions extends Omit<OccupantActions, 'mention'> {
  readonly rejoin: (by: { readonly nick?: string; readonly password?: string }) => void
  readonly elsewhere: (jid: string, password: string | undefined) => void
  /** Leaves it, and takes it out of the list. */
  readonly forget: () => void
  /** Resolves to whether it was asked. */
  readonly requestVoice: () => Promise<boolean>
  readonly answerVoice: (request: VoiceRequest, allow: boolean) => void
}

export function createRoomActions(linnet: Linnet, conversationId: number): RoomActions {
  const { navigation } = linnet
  const room = { conversationId }
  return {
    openPrivate: (nick) => void openPrivate(linnet, conversationId, nick),
    ignore: (nick, ignored) => void linnet.attempt('room.ignore', { ...room, nick, ignored }),
    addContact: (jid) => (navigation.dialog = { kind: 'add-contact', jid }),
    copyText: (text) => void linnet.attempt('text.copy', { text }),
    setRole: (nick, role) => void linnet.attempt('room.setRole', { ...room, nick, role, reason: '' }),
    setAffiliation: (jid, affiliation) =>
      void linnet.attempt('room.setAffiliation', { ...room, jid, affiliation, reason: '' }),
    kick: (nick) => (navigation.dialog = { kind: 'occupant-kick', ...room, nick }),
    ban: (nick, jid) => (navigation.dialog = { kind: 'occupant-ban', ...room, nick, jid }),
    rejoin: (by) => void linnet.attempt('room.rejoin', { ...room, ...by }),
    elsewhere: (jid, password) =>
      (navigation.dialog = { kind: 'join-room', jid, ...(password === undefined ? {} : { password }) }),
    forget: () => void forget(linnet, conversationId),
    requestVoice: () => linnet.attempt('room.requestVoice', room),
    answerVoice: (request, allow) => {
      const { kind, nick } = request
      linnet.rooms.dropVoiceRequest(request)
      void linnet.attempt('room.answerVoice', { ...room, kind, nick, allow })
    },
  }
}

async function openPrivate(linnet: Linnet, conversationId: number, nick: string): Promise<void> {
  try {
    const conversation = await linnet.client.invoke('room.openPrivate', { conversationId, nick })
    linnet.conversations.put(conversation)
    linnet.navigation.pane = 'chats'
    linnet.navigation.showConversation(conversation.id)
  } catch (error) {
    linnet.fail(error)
  }
}

async function forget(linnet: Linnet, conversationId: number): Promise<void> {
  if (!(await linnet.attempt('room.leave', { conversationId }))) return
  await linnet.attempt('conversation.putAway', { conversationId, away: true })
  if (linnet.navigation.conversationId === conversationId) linnet.navigation.showConversation(undefined)
}
