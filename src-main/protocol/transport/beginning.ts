/** How a stream begins: with a session of its own, or with one of before (XEP-0198 §5). */
import type { FullJid } from '../../model/jid.ts'
import type { StreamSession } from '../../model/stream-session.ts'
import { StreamFailure } from '../errors.ts'
import type { Restored, SavedSession, ServerOffers } from '../stream.ts'
import {
  createAckCounter,
  NS as NS_SM,
  parseHandled,
  type AckCounter,
  type Resumption,
} from '../xep-0198-stream-management.ts'
import { cancelled } from './limits.ts'
import type { Link } from './link.ts'

export interface Beginning {
  readonly jid: FullJid
  readonly features: ServerOffers
  /** Undefined: it can't be resumed. */
  readonly session: StreamSession | undefined
  /** Undefined: the server has no stream management. */
  readonly counter: AckCounter | undefined
  readonly restored: Restored | undefined
}

export function resumptionOf({ id, handled, location }: SavedSession): Resumption {
  return { id, h: handled, location, orBind: true }
}

/** `saved`: the session that the link was asked to resume. Throws StreamFailure 'protocol'; the link is ended then. */
export function beginningOf(link: Link, saved: SavedSession | undefined): Beginning {
  const { resumption } = link
  const handled = resumption && parseHandled(resumption)
  if (saved !== undefined && resumption?.is('resumed', NS_SM) === true) {
    if (handled === undefined) throw broken(link, 'the server resumed without a count')
    const { handled: handledHere, ...session } = saved
    // What was on its way then is told by `handled`; the numbers go on from there.
    const counter = createAckCounter({ handled: handledHere, sent: handled })
    // Carbons are on if they were; who asks for them once more does no harm (XEP-0280 §4).
    const features = { ...session.features, carbons: false }
    return { jid: session.jid, features, session, counter, restored: { isResumed: true, handled } }
  }
  const { jid, features, enabled } = link
  if (jid === undefined) throw broken(link, 'the server bound no resource')
  return {
    jid,
    features,
    session: sessionOf(link, jid),
    counter: enabled && createAckCounter(),
    restored: saved && { isResumed: false, handled },
  }
}

function sessionOf({ enabled, features, directTls }: Link, jid: FullJid): StreamSession | undefined {
  if (enabled?.id === undefined) return undefined
  const { id, maxSeconds, location } = enabled
  const { carbons: _ofThisStream, ...lasting } = features
  return {
    ...{ id, jid, features: lasting },
    ...(maxSeconds === undefined ? {} : { maxSeconds }),
    ...(location === undefined ? {} : { location: { ...location, directTls } }),
  }
}

function broken({ engine }: Link, detail: string): StreamFailure {
  engine.fail(cancelled())
  return new StreamFailure({ code: 'protocol', detail })
}
