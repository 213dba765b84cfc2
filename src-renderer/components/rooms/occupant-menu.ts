/** What can be done with an occupant, by who we are there. The room has the last word on all of it (XEP-0045 §8, §9, §10). */
import AtSign from '@lucide/svelte/icons/at-sign'
import Ban from '@lucide/svelte/icons/ban'
import Copy from '@lucide/svelte/icons/copy'
import Eye from '@lucide/svelte/icons/eye'
import EyeOff from '@lucide/svelte/icons/eye-off'
import MessageCircle from '@lucide/svelte/icons/message-circle'
import Mic from '@lucide/svelte/icons/mic'
import MicOff from '@lucide/svelte/icons/mic-off'
import Shield from '@lucide/svelte/icons/shield'
import ShieldOff from '@lucide/svelte/icons/shield-off'
import UserMinus from '@lucide/svelte/icons/user-minus'
import UserPlus from '@lucide/svelte/icons/user-plus'
import type { Affiliation, Occupant, Role, Room } from '../../../src-main/model/room.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry } from '../base/menu.types.ts'
import { AFFILIATION_WORDS } from './occupant-words.ts'

export interface OccupantActions {
  readonly mention: (nick: string) => void
  readonly openPrivate: (nick: string) => void
  readonly ignore: (nick: string, ignored: boolean) => void
  readonly addContact: (jid: string) => void
  readonly copyText: (text: string) => void
  readonly setRole: (nick: string, role: Role) => void
  readonly setAffiliation: (jid: string, affiliation: Affiliation) => void
  /** Ask for a reason first. */
  readonly kick: (nick: string) => void
  readonly ban: (nick: string, jid: string) => void
}

export type Standing = Pick<Room, 'nick' | 'role' | 'affiliation'>

export function occupantMenu(
  t: Translate,
  occupant: Occupant,
  me: Standing,
  actions: OccupantActions,
): readonly MenuEntry[] {
  if (occupant.nick === me.nick) return occupant.jid ? addressEntries(t, occupant.jid, actions, true) : []
  const parts = [
    talkEntries(t, occupant, actions),
    occupant.jid ? addressEntries(t, occupant.jid, actions, false) : [],
    roleEntries(t, occupant, me, actions),
    affiliationEntries(t, occupant, me, actions),
    removalEntries(t, occupant, me, actions),
  ]
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index): readonly MenuEntry[] => (index === 0 ? part : ['separator', ...part]))
}

function talkEntries(t: Translate, { nick, ignored }: Occupant, actions: OccupantActions): MenuEntry[] {
  return [
    { label: t('rooms.mention'), icon: AtSign, onselect: () => actions.mention(nick) },
    { label: t('rooms.messagePrivately'), icon: MessageCircle, onselect: () => actions.openPrivate(nick) },
    {
      label: t(ignored ? 'rooms.stopIgnoring' : 'rooms.ignore'),
      icon: ignored ? Eye : EyeOff,
      onselect: () => actions.ignore(nick, !ignored),
    },
  ]
}

function addressEntries(t: Translate, jid: string, actions: OccupantActions, own: boolean): MenuEntry[] {
  const copy: MenuEntry = {
    label: t('rooms.copyTheirAddress'),
    icon: Copy,
    onselect: () => actions.copyText(jid),
  }
  const add: MenuEntry = {
    label: t('chats.addContact'),
    icon: UserPlus,
    onselect: () => actions.addContact(jid),
  }
  return own ? [copy] : [add, copy]
}

/** Nobody acts on whoever stands above. */
export function mayActOn(me: Pick<Room, 'affiliation'>, target: Pick<Occupant, 'affiliation'>): boolean {
  return RANKS[target.affiliation] <= RANKS[me.affiliation]
}

const RANKS: Readonly<Record<Affiliation, number>> = { outcast: 0, none: 1, member: 2, admin: 3, owner: 4 }

function isAdmin({ affiliation }: Pick<Occupant, 'affiliation'>): boolean {
  return affiliation === 'admin' || affiliation === 'owner'
}

/** §8.3, §8.4, §9.6, §9.7: of admins and owners the role is not to be changed. */
function roleEntries(t: Translate, occupant: Occupant, me: Standing, actions: OccupantActions): MenuEntry[] {
  if (me.role !== 'moderator' || isAdmin(occupant) || !mayActOn(me, occupant)) return []
  const { nick, role } = occupant
  const set = (wanted: Role) => () => actions.setRole(nick, wanted)
  const entries: MenuEntry[] = []
  if (role === 'visitor')
    entries.push({ label: t('rooms.giveVoice'), icon: Mic, onselect: set('participant') })
  if (role === 'participant')
    entries.push({ label: t('rooms.takeVoice'), icon: MicOff, onselect: set('visitor') })
  if (!isAdmin(me)) return entries
  if (role === 'moderator')
    entries.push({ label: t('rooms.takeModerator'), icon: ShieldOff, onselect: set('participant') })
  else entries.push({ label: t('rooms.makeModerator'), icon: Shield, onselect: set('moderator') })
  return entries
}

/** Admins decide about members, owners about all; only where the address is known. */
function affiliationEntries(
  t: Translate,
  { jid, affiliation }: Occupant,
  me: Standing,
  actions: OccupantActions,
): MenuEntry[] {
  if (jid === undefined || !isAdmin(me)) return []
  if (me.affiliation !== 'owner' && isAdmin({ affiliation })) return []
  return offeredAffiliations(me).map((wanted) => ({
    label: t(AFFILIATION_WORDS[wanted]),
    checked: wanted === affiliation,
    onselect: () => wanted !== affiliation && actions.setAffiliation(jid, wanted),
  }))
}

/** Those that we may give, the highest first; a ban asks first and is apart. */
export function offeredAffiliations({ affiliation }: Pick<Room, 'affiliation'>): readonly Affiliation[] {
  if (affiliation === 'owner') return ['owner', 'admin', 'member', 'none']
  return affiliation === 'admin' ? ['member', 'none'] : []
}

function removalEntries(
  t: Translate,
  occupant: Occupant,
  me: Standing,
  actions: OccupantActions,
): MenuEntry[] {
  const { nick, jid } = occupant
  const entries: MenuEntry[] = []
  if (me.role === 'moderator' && mayActOn(me, occupant)) {
    entries.push({
      label: t('rooms.kick'),
      icon: UserMinus,
      danger: true,
      onselect: () => actions.kick(nick),
    })
  }
  if (jid !== undefined && isAdmin(me) && mayActOn(me, occupant) && occupant.affiliation !== 'owner') {
    entries.push({ label: t('rooms.ban'), icon: Ban, danger: true, onselect: () => actions.ban(nick, jid) })
  }
  return entries
}
