/** The menu of a room as a whole, with what can be done with any conversation. */
import Bell from '@lucide/svelte/icons/bell'
import CalendarDays from '@lucide/svelte/icons/calendar-days'
import Info from '@lucide/svelte/icons/info'
import Link from '@lucide/svelte/icons/link'
import LogOut from '@lucide/svelte/icons/log-out'
import UserPlus from '@lucide/svelte/icons/user-plus'
import type { Room, RoomNotify } from '../../../src-main/model/room.ts'
import type { TextKey, Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry } from '../../components/base/menu.types.ts'
import { roomLink } from '../../components/rooms/room-link.ts'
import type { Linnet } from '../../stores/linnet.svelte.ts'

export const NOTIFY_CHOICES: readonly RoomNotify[] = ['all', 'mentions', 'none']

export const NOTIFY_WORDS: Readonly<Record<RoomNotify, TextKey>> = {
  all: 'rooms.notifyAll',
  mentions: 'rooms.notifyMentions',
  none: 'rooms.notifyNone',
}

const NOTIFY_MENU: Readonly<Record<RoomNotify, TextKey>> = {
  all: 'rooms.notifyMeAll',
  mentions: 'rooms.notifyMeMentions',
  none: 'rooms.notifyMeNone',
}

export function roomMenu(
  linnet: Linnet,
  t: Translate,
  room: Room,
  keeping: readonly MenuEntry[],
  jumpToDate?: () => void,
): readonly MenuEntry[] {
  const { conversationId, jid, notify, phase } = room
  const open = (kind: 'room-details' | 'room-invite' | 'room-leave') => () =>
    (linnet.navigation.dialog = { kind, conversationId })
  const copy = (): void => void linnet.attempt('text.copy', { text: roomLink(jid) })
  return [
    { label: t('rooms.details'), icon: Info, onselect: open('room-details') },
    ...(phase === 'in' ? [{ label: t('rooms.invite'), icon: UserPlus, onselect: open('room-invite') }] : []),
    { label: t('rooms.copyLink'), icon: Link, onselect: copy },
    ...(jumpToDate ? [{ label: t('chats.jumpToDate'), icon: CalendarDays, onselect: jumpToDate }] : []),
    'separator',
    ...NOTIFY_CHOICES.map((wanted) => ({
      label: t(NOTIFY_MENU[wanted]),
      icon: Bell,
      checked: wanted === notify,
      onselect: () => void linnet.attempt('room.setNotify', { conversationId, notify: wanted }),
    })),
    ...(keeping.length === 0 ? [] : ['separator' as const, ...keeping]),
    ...(phase === 'in' || phase === 'joining'
      ? [
          'separator' as const,
          { label: t('rooms.leave'), icon: LogOut, danger: true, onselect: open('room-leave') },
        ]
      : []),
  ]
}
