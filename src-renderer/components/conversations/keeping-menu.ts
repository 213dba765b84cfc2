/** What can be done with a conversation as a whole: pin, mute, put away. */
import ArchiveIcon from '@lucide/svelte/icons/archive'
import ArchiveRestore from '@lucide/svelte/icons/archive-restore'
import Bell from '@lucide/svelte/icons/bell'
import BellOff from '@lucide/svelte/icons/bell-off'
import Pin from '@lucide/svelte/icons/pin'
import PinOff from '@lucide/svelte/icons/pin-off'
import type { Conversation } from '../../../src-main/model/conversation.ts'
import type { MuteLength } from '../../../src-main/model/devices.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry } from '../base/menu.types.ts'

export interface KeepingActions {
  readonly pin: (pinned: boolean) => void
  /** Null: no longer. */
  readonly mute: (length: MuteLength | null) => void
  readonly putAway: (away: boolean) => void
}

const MUTES = [
  ['hour', 'devices.muteHour'],
  ['eight-hours', 'devices.muteEightHours'],
  ['tomorrow', 'devices.muteTomorrow'],
  ['forever', 'devices.muteForever'],
] as const

/** Of a room: here alone, and with an end; what is without one is how it notifies, which all devices share (XEP-0492). */
const ROOM_MUTES = [
  ['hour', 'devices.muteHereHour'],
  ['eight-hours', 'devices.muteHereEightHours'],
  ['tomorrow', 'devices.muteHereTomorrow'],
] as const

type Keeping = Pick<Conversation, 'pinnedAt' | 'mutedUntil' | 'putAwayAt' | 'kind'>

export function keepingMenu(t: Translate, keeping: Keeping, actions: KeepingActions): readonly MenuEntry[] {
  const isPinned = keeping.pinnedAt !== undefined
  const isAway = keeping.putAwayAt !== undefined
  return [
    {
      label: t(isPinned ? 'devices.unpin' : 'devices.pin'),
      icon: isPinned ? PinOff : Pin,
      onselect: () => actions.pin(!isPinned),
    },
    {
      label: t(isAway ? 'devices.takeBack' : 'devices.putAway'),
      icon: isAway ? ArchiveRestore : ArchiveIcon,
      onselect: () => actions.putAway(!isAway),
    },
    'separator',
    ...muteEntries(t, keeping, actions),
  ]
}

function muteEntries(
  t: Translate,
  { mutedUntil, kind }: Keeping,
  { mute }: KeepingActions,
): readonly MenuEntry[] {
  if (mutedUntil !== undefined) {
    const label = t(kind === 'room' ? 'devices.unmuteHere' : 'devices.unmute')
    return [{ label, icon: Bell, onselect: () => mute(null) }]
  }
  const mutes = kind === 'room' ? ROOM_MUTES : MUTES
  return mutes.map(([length, label]) => ({ label: t(label), icon: BellOff, onselect: () => mute(length) }))
}
