/** What more can be done with a message in a room: speak to who wrote it, and, for moderators, take it back for everybody. */
import AtSign from '@lucide/svelte/icons/at-sign'
import MessageCircle from '@lucide/svelte/icons/message-circle'
import ShieldX from '@lucide/svelte/icons/shield-x'
import type { Room } from '../../../src-main/model/room.ts'
import type { MessageAction } from '../../components/message/message-actions.ts'
import type { Linnet } from '../../stores/linnet.svelte.ts'

export function roomMessageActions(
  linnet: Linnet,
  { role, phase, traits }: Room,
  mention: (nick: string) => void,
  openPrivate: (nick: string) => void,
): readonly MessageAction[] {
  if (phase !== 'in') return []
  const moderate: MessageAction = {
    ...{ group: 'remove', label: 'rooms.moderate', icon: ShieldX, danger: true },
    when: ({ message }) => message.direction === 'in' && message.retractedAt === undefined,
    onselect: ({ message }) => {
      const nick = message.author?.nick ?? ''
      linnet.navigation.dialog = { kind: 'moderate', messageId: message.id, nick }
    },
  }
  return [
    {
      ...{ group: 'respond', label: 'rooms.mentionAuthor', icon: AtSign, key: 'm' },
      when: ({ message }) => message.direction === 'in' && message.author !== undefined,
      onselect: ({ message }) => mention(message.author?.nick ?? ''),
    },
    {
      ...{ group: 'respond', label: 'rooms.messageAuthor', icon: MessageCircle },
      when: ({ message }) => message.direction === 'in' && message.author !== undefined,
      onselect: ({ message }) => openPrivate(message.author?.nick ?? ''),
    },
    ...(role === 'moderator' && traits?.moderation ? [moderate] : []),
  ]
}
