/** RFC 6121 §3: asking for, granting, refusing and ending presence subscriptions. They come in by presence.ts. */
import type { BareJid } from '../model/jid.ts'
import { buildNick } from './xep-0172-nick.ts'
import { buildPreauth } from './xep-0379-pre-auth.ts'
import { xml, type Element } from './xml.ts'

export type SubscriptionType = 'subscribe' | 'subscribed' | 'unsubscribe' | 'unsubscribed'

/**
 * `id`: to know an error again that answers it (§3.1.1, §3.1.4); never that of a request. `text` and `nick` (XEP-0172 §4.1)
 * introduce us in a request; leave them out of anything else.
 */
export function buildSubscription(
  type: SubscriptionType,
  to: BareJid,
  extra: {
    readonly id?: string
    readonly text?: string
    readonly nick?: string
    /** XEP-0379. */
    readonly preauth?: string | undefined
  } = {},
): Element {
  return xml(
    'presence',
    { type, to, id: extra.id },
    ...(extra.text ? [xml('status', {}, extra.text)] : []),
    ...(extra.nick ? [buildNick(extra.nick)] : []),
    ...(extra.preauth ? [buildPreauth(extra.preauth)] : []),
  )
}
