/** Availability: own presence in detail, subscriptions, blocked addresses: what the renderer may ask for. */
import * as v from 'valibot'
import { parseJid, type Jid } from '../../model/jid.ts'
import { contact, id, jid, nothing, text } from '../fields.ts'

const minutes = v.pipe(v.number(), v.integer(), v.maxValue(1440))
/** What is blocked may be a whole domain or a single resource (XEP-0191 §3). */
const address = v.pipe(
  text(3071),
  v.transform((value) => parseJid(value.trim())),
  v.custom<Jid>((value) => value !== undefined),
)
const blockable = v.strictObject({ accountId: id, address })

export const availabilityCommands = {
  'presence.setPriority': v.strictObject({
    accountId: id,
    priority: v.pipe(v.number(), v.integer(), v.minValue(-128), v.maxValue(127)),
  }),
  'presence.setAwayRules': v.strictObject({
    enabled: v.boolean(),
    awayMinutes: v.pipe(minutes, v.minValue(1)),
    xaMinutes: v.pipe(minutes, v.minValue(0)),
    whenLocked: v.boolean(),
    tellSince: v.boolean(),
  }),
  'presence.clearRecent': nothing,
  /** Directed presence (RFC 6121 §4.6), until the stream ends. */
  'presence.showTo': contact,
  'presence.hideFrom': contact,

  /** Takes our request back, or stops seeing the contact's presence. */
  'subscription.end': contact,
  /** The contact sees our presence no longer, or is not let in ahead of asking any more. */
  'subscription.revoke': contact,
  /** Lets the contact in ahead of asking, where the server knows that (RFC 6121 §3.4). */
  'subscription.preApprove': contact,

  'blocking.block': blockable,
  'blocking.unblock': blockable,
  'blocking.unblockAll': v.strictObject({ accountId: id }),
} as const

/** Words that go with a request to see somebody's presence. */
export const requestText = v.optional(text(1024))
export const requestSubscription = v.strictObject({ accountId: id, jid, text: requestText })
