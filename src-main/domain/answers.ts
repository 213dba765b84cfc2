/**
 * Who may learn what by asking us (attack S19). An answer at all tells that we are here and under which resource, so it is
 * for those alone who know that already (RFC 6120 §8.4): to everybody else we look like a resource that is not there.
 */
import { bareOf, domainOf, type BareJid, type Jid } from '../model/jid.ts'
import type { RosterItem } from '../model/contact.ts'
import type { Privacy } from '../model/settings.ts'
import { seesUs } from './subscriptions.ts'

export type Asker =
  /** Our own account and its other devices. */
  | 'self'
  /** Our own server, which checks that we still live and asks what we can do (XEP-0115 §5.4, XEP-0163 §4.3). */
  | 'server'
  /** A contact with a subscription to our presence: 'from' or 'both'. */
  | 'contact'
  /** Whom we sent directed presence to on this stream (RFC 6121 §4.6): it has our caps and may look behind them. */
  | 'addressed'
  | 'stranger'

/** What one may know about us, asked for or not. */
export type Question =
  /** Every answer that tells no more than that we are here: ping, disco#info, errors of our own. */
  | 'presence'
  | ('version' | 'system' | 'time' | 'idle')
  /** Receipts (XEP-0184 §8), markers (XEP-0333 §7) and chat states (XEP-0085): they give away our presence. */
  | ('delivered' | 'displayed' | 'typing')

const ALL = ['presence', 'version', 'system', 'time', 'idle', 'delivered', 'displayed', 'typing'] as const

const QUESTIONS: { readonly [A in Asker]: readonly Question[] } = {
  self: ALL,
  server: ['presence'],
  // XEP-0012 §9: "only to those entities that have permission to view the user's presence via a presence subscription".
  contact: ALL,
  addressed: ['presence'],
  stranger: [],
}

/** What the user can switch off; 'presence' is switched off by going offline. */
const SWITCHES = {
  version: 'tellVersion',
  system: 'tellSystem',
  time: 'tellTime',
  idle: 'tellIdle',
  delivered: 'tellDelivered',
  displayed: 'tellDisplayed',
  typing: 'tellTyping',
} as const satisfies Record<Exclude<Question, 'presence'>, keyof Privacy>

export function mayLearn(asker: Asker, question: Question, privacy: Privacy): boolean {
  const isOn = question === 'presence' || privacy[SWITCHES[question]]
  return isOn && QUESTIONS[asker].includes(question)
}

export interface Acquaintance {
  readonly ownBareJid: BareJid
  /** Of the asker's bare address. */
  readonly contact: Pick<RosterItem, 'subscription'> | undefined
  /** Addresses that have directed presence of ours; a bare one stands for all its resources. */
  readonly addressed: ReadonlySet<Jid>
}

/** `from` was written by the asker's server, so its domain is right and the rest is as trustworthy as that server. */
export function askerOf(from: Jid, { ownBareJid, contact, addressed }: Acquaintance): Asker {
  const bare = bareOf(from)
  if (bare === ownBareJid) return 'self'
  if (seesUs(contact)) return 'contact'
  if (bare === domainOf(ownBareJid)) return 'server'
  return addressed.has(from) || addressed.has(bare) ? 'addressed' : 'stranger'
}
