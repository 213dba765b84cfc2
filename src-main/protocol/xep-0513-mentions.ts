/** XEP-0513: Explicit Mentions, version 0.1.0. https://xmpp.org/extensions/xep-0513.html */
import type { DataForm } from '../model/form.ts'
import { parseJid } from '../model/jid.ts'
import { MENTION_GROUPS, type Mention, type MentionGroup } from '../model/mentions.ts'
import type { Role } from '../model/room.ts'
import { attribute, present } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:mentions:0'
export const features = [NS]

/** More than a person greets by name, and more than rooms allow; a message with more is one that shouts (§3.6). */
export const MAX_MENTIONS = 64
const MAX_ID = 128
const MAX_URI = 1024

/**
 * Who is meant, in the order of the message; undefined for nobody. Of a group that Linnet does not know nothing is said.
 * An occupant's id is worth what the room's announcement of them is worth (XEP-0421 §4).
 */
export function parseMentions(message: Element): readonly Mention[] | undefined {
  const mentions = message.getChildren('mention', NS).slice(0, MAX_MENTIONS).flatMap(parseMention)
  return mentions.length === 0 ? undefined : mentions
}

function parseMention(element: Element): Mention[] {
  const meant = parseMeant(element)
  if (meant === undefined) return []
  const [begin, end] = [parsePosition(element, 'begin'), parsePosition(element, 'end')]
  const isRange = begin !== undefined && end !== undefined && begin < end
  const lang = attribute(element, 'hreflang')
  const has = (name: string): true | undefined =>
    element.getChild(name, NS) === undefined ? undefined : true
  return [
    {
      ...meant,
      ...(isRange ? { range: { begin, end } } : {}),
      ...present('lang', lang !== undefined && lang.length <= 64 ? lang : undefined),
      ...present('activeOnly', has('active')),
      ...present('silent', has('noping')),
    },
  ]
}

/** §3.1, §3.2: a group, or one person; what names nobody is no mention. */
function parseMeant(element: Element): Pick<Mention, 'group' | 'uri' | 'occupantId' | 'jid'> | undefined {
  const type = attribute(element, 'mentions')
  const uri = attribute(element, 'uri')
  if (type !== undefined) {
    const group = MENTION_GROUPS.find((known) => type === `${NS}#${known}`)
    if (group === undefined) return undefined
    return { group, ...present('uri', uri !== undefined && uri.length <= MAX_URI ? uri : undefined) }
  }
  const id = attribute(element, 'occupantid') ?? ''
  if (id !== '') return [...id].length <= MAX_ID ? { occupantId: id } : undefined
  const jid = parseJid(attribute(element, 'jid') ?? '')
  return jid === undefined ? undefined : { jid }
}

function parsePosition(element: Element, name: string): number | undefined {
  const text = attribute(element, name) ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

export function buildMentions(mentions: readonly Mention[]): readonly Element[] {
  return mentions.map(buildMention)
}

function buildMention({ group, uri, occupantId, jid, range, lang, ...how }: Mention): Element {
  const { activeOnly, silent } = how
  return xml(
    'mention',
    {
      xmlns: NS,
      begin: range && String(range.begin),
      end: range && String(range.end),
      hreflang: lang,
      mentions: group && typeOf(group),
      uri,
      occupantid: occupantId,
      jid: occupantId === undefined ? jid : undefined,
    },
    ...(activeOnly === true ? [xml('active')] : []),
    ...(silent === true ? [xml('noping')] : []),
  )
}

/** What a room or client announces that understands this group (§3.2). */
export function typeOf(group: MentionGroup): string {
  return `${NS}#${group}`
}

/** Who may mention whom, by the room's word (§3.6): anybody who may speak, moderators, or nobody. */
const WHO = ['participants', 'moderators', 'none'] as const
type Who = (typeof WHO)[number]

const RULES = ['individual', 'channel', 'space', 'server', 'associations', 'hats'] as const
type Rule = (typeof RULES)[number]

export interface MentionRules extends Partial<Readonly<Record<Rule, Who>>> {
  /** In one message; where there are more, none counts. */
  readonly most?: number
}

/** In what a room says of itself, or in the form that it answers with; undefined where it makes no rules. */
export function mentionRulesIn(form: DataForm): MentionRules | undefined {
  const read = (name: string): string => valueIn(form, `mentions#${name}`)
  const count = read('count')
  const rules = RULES.flatMap((rule) => {
    const who = WHO.find((known) => known === read(rule))
    return who === undefined ? [] : [[rule, who] as const]
  })
  const most = /^\d{1,4}$/.test(count) ? Number(count) : undefined
  return most === undefined && rules.length === 0
    ? undefined
    : { ...present('most', most), ...Object.fromEntries(rules) }
}

function valueIn(form: DataForm, name: string): string {
  return form.fields.find((field) => field.name === name)?.values[0]?.trim() ?? ''
}

/** Those that count when somebody of this role sends them (§3.6). */
export function allowedMentions(
  mentions: readonly Mention[],
  rules: MentionRules | undefined,
  role: Role,
): readonly Mention[] {
  if (rules === undefined) return mentions
  if (rules.most !== undefined && mentions.length > rules.most) return []
  return mentions.filter(({ group }) => {
    const who = rules[ruleFor(group)] ?? 'participants'
    if (who === 'none') return false
    return role === 'moderator' || (role === 'participant' && who === 'participants')
  })
}

function ruleFor(group: MentionGroup | undefined): Rule {
  if (group === undefined) return 'individual'
  return RULES.find((rule) => rule === group) ?? 'associations'
}
