/** XEP-0045 §6.4, §16.3, §16.5.4: what a room says of itself to anybody who asks. */
import type { DataForm } from '../../model/form.ts'
import { parseBareJid, type BareJid } from '../../model/jid.ts'
import type { RoomTraits } from '../../model/room.ts'
import type { DiscoInfo } from '../../model/services.ts'
import type { Iq } from '../iq.ts'
import { clip, present } from '../stanza.ts'
import { fetchDiscoInfo } from '../xep-0030-service-discovery.ts'
import { NS as NS_HATS } from '../xep-0317-hats.ts'
import { NS as NS_STANZA_IDS } from '../xep-0359-stanza-ids.ts'
import { SELF_PING } from '../xep-0410-muc-self-ping.ts'
import { NS as NS_OCCUPANT_IDS } from '../xep-0421-occupant-ids.ts'
import { NS as NS_MODERATION, NS_OLD as NS_MODERATION_OLD } from '../xep-0425-moderation.ts'
import { NS as NS_AFFILIATIONS } from '../xep-0463-affiliation-versioning.ts'
import { avatarHashesIn } from '../xep-0486-room-avatars.ts'
import { slowModeIn } from '../xep-0500-slow-mode.ts'
import { activityIn } from '../xep-0502-activity-indicator.ts'
import { mentionRulesIn, NS as NS_MENTIONS, type MentionRules } from '../xep-0513-mentions.ts'
import { FORM_INFO, FORM_REGISTER, FORM_REQUEST, NS } from './namespaces.ts'

const MAX_NAME = 256
const MAX_TEXT = 4096
const MAX_LINK = 2048
const MAX_CONTACTS = 32

/** What is believed, asked or offered in a room only where it announces this. */
const OFFERS = {
  'occupant-ids': [NS_OCCUPANT_IDS],
  /** It strips forged stanza-ids (XEP-0359 §6). */
  'stanza-ids': [NS_STANZA_IDS],
  /** Our messages come back with the `id` that we gave them (§7.4). */
  'stable-ids': [`${NS}#stable_id`],
  archive: ['urn:xmpp:mam:2'],
  'extended-archive': ['urn:xmpp:mam:2#extended'],
  moderation: [NS_MODERATION],
  'old-moderation': [NS_MODERATION_OLD],
  hats: [NS_HATS],
  mentions: [NS_MENTIONS],
  'self-ping': [SELF_PING],
  'affiliation-versions': [NS_AFFILIATIONS],
  registration: ['jabber:iq:register', FORM_REGISTER],
  'voice-requests': [FORM_REQUEST],
  vcard: ['vcard-temp'],
} as const satisfies Readonly<Record<string, readonly string[]>>
export type RoomOffer = keyof typeof OFFERS

/** All of it is the room's word, and a stranger's room may say anything. */
export interface RoomInfo extends RoomTraits {
  readonly offers: readonly RoomOffer[]
  readonly subject?: string
  /** Participants may change the subject. */
  readonly subjectOpen?: boolean
  /** Members may invite others. */
  readonly invitesOpen?: boolean
  /** Who may write to somebody alone. */
  readonly privateMessages?: 'anyone' | 'participants' | 'moderators' | 'none'
  /** Whom to ask about the room. */
  readonly contacts: readonly BareJid[]
  /** Where what is said can be read by everybody; as it came. */
  readonly logs?: string
  /** Of one picture in several formats (XEP-0486). */
  readonly avatarHashes: readonly string[]
  readonly mentionRules?: MentionRules
  /** XEP-0502: messages an hour, about. */
  readonly activity?: number
}

/** Undefined where the address is no room. Rejects as Iq.request does: 'item-not-found' or 'gone' where there is none. */
export async function fetchRoomInfo(iq: Iq, room: BareJid): Promise<RoomInfo | undefined> {
  return roomInfoOf(await fetchDiscoInfo(iq, room))
}

export function roomInfoOf({ identities, features, forms = [] }: DiscoInfo): RoomInfo | undefined {
  const identity = identities.find(({ category }) => category === 'conference')
  if (identity === undefined || !features.includes(NS)) return undefined
  const form = forms.find((one) => valueIn(one, 'FORM_TYPE') === FORM_INFO)
  const offers = (Object.keys(OFFERS) as RoomOffer[]).filter((offer) =>
    OFFERS[offer].some((feature) => features.includes(feature)),
  )
  const avatarHashes = form === undefined ? [] : avatarHashesIn(form)
  return {
    name: clip(identity.name?.trim() ?? '', MAX_NAME),
    description: '',
    membersOnly: features.includes('muc_membersonly'),
    moderated: features.includes('muc_moderated'),
    nonAnonymous: features.includes('muc_nonanonymous'),
    passwordProtected: features.includes('muc_passwordprotected'),
    temporary: features.includes('muc_temporary'),
    hidden: features.includes('muc_hidden'),
    archived: offers.includes('archive'),
    occupantIds: offers.includes('occupant-ids'),
    moderation: offers.includes('moderation') || offers.includes('old-moderation'),
    offers,
    contacts: [],
    avatarHashes,
    ...present('avatarHash', avatarHashes[0]),
    ...(form === undefined ? {} : fieldsOf(form)),
  }
}

function fieldsOf(form: DataForm): Partial<RoomInfo> {
  const text = (name: string, maxLength: number): string | undefined => {
    const value = valueIn(form, name)?.trim() ?? ''
    return value === '' ? undefined : clip(value, maxLength)
  }
  const logs = valueIn(form, 'muc#roominfo_logs')?.trim() ?? ''
  return {
    ...present('description', text('muc#roominfo_description', MAX_TEXT)),
    ...present('subject', text('muc#roominfo_subject', MAX_TEXT)),
    ...present('language', languageIn(form)),
    ...present('occupantCount', countIn(form, 'muc#roominfo_occupants')),
    // §16.5.4 has one name and §6.4 another; Prosody has a third.
    ...present('subjectOpen', anyFlagIn(form, SUBJECT_OPEN)),
    ...present('invitesOpen', flagIn(form, 'muc#roomconfig_allowinvites')),
    ...present('privateMessages', privateMessagesIn(form)),
    contacts: contactsIn(form),
    ...present('logs', logs === '' || logs.length > MAX_LINK ? undefined : logs),
    ...present('mentionRules', mentionRulesIn(form)),
    ...present('slowModeSeconds', slowModeIn(form)),
    ...present('activity', activityIn(form)),
  }
}

const SUBJECT_OPEN = ['muc#roominfo_subjectmod', 'muc#roomconfig_changesubject', 'muc#roominfo_changesubject']
const PRIVATE_MESSAGES = ['anyone', 'participants', 'moderators', 'none'] as const

function valueIn(form: DataForm, name: string): string | undefined {
  return form.fields.find((field) => field.name === name)?.values[0]
}

function anyFlagIn(form: DataForm, names: readonly string[]): boolean | undefined {
  return names.map((name) => flagIn(form, name)).find((flag) => flag !== undefined)
}

function flagIn(form: DataForm, name: string): boolean | undefined {
  const value = valueIn(form, name)?.trim()
  if (value === 'true' || value === '1') return true
  return value === 'false' || value === '0' ? false : undefined
}

function countIn(form: DataForm, name: string): number | undefined {
  const value = valueIn(form, name)?.trim() ?? ''
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined
}

/** A language tag, and not whatever a room's owner typed there. */
function languageIn(form: DataForm): string | undefined {
  const tag = valueIn(form, 'muc#roominfo_lang')?.trim() ?? ''
  return /^[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}$/i.test(tag) ? tag : undefined
}

function privateMessagesIn(form: DataForm): RoomInfo['privateMessages'] {
  const value = valueIn(form, 'muc#roomconfig_allowpm')
  return PRIVATE_MESSAGES.find((known) => known === value)
}

function contactsIn(form: DataForm): readonly BareJid[] {
  const field = form.fields.find(({ name }) => name === 'muc#roominfo_contactjid')
  const jids = (field?.values ?? [])
    .slice(0, MAX_CONTACTS)
    .flatMap((value) => parseBareJid(value.trim()) ?? [])
  return [...new Set(jids)]
}
