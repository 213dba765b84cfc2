/** `xmpp:` links (RFC 5122, XEP-0147) as data. Reading one does nothing; a dialog asks the user (attack: links that act). */
import { parseBareJid, type BareJid } from './jid.ts'

export interface XmppUri {
  readonly jid: BareJid
  /** XEP-0147 query type that Linnet knows; anything else opens the address only. */
  readonly action: 'message' | 'subscribe' | 'roster' | 'none'
  /** Proposed text of `?message;body=`; goes to the draft, is never sent. */
  readonly body: string
  /** Proposed name of `?roster;name=`. */
  readonly name: string
}

const MAX_LENGTH = 4096
const ACTIONS = ['message', 'subscribe', 'roster'] as const

/** Undefined when it is not an xmpp: link to an address. */
export function parseXmppUri(text: string): XmppUri | undefined {
  if (text.length > MAX_LENGTH || !/^xmpp:/i.test(text)) return undefined
  const [path = '', query = ''] = text.slice('xmpp:'.length).split(/[?#]/, 2)
  // RFC 5122 allows an authority (//account/address); the address is the last part.
  const address = path.startsWith('//') ? path.slice(path.indexOf('/', 2) + 1) : path
  // Cut before decoding: a %2F is no separator.
  const jid = parseBareJid(decode(address.replace(/\/.*$/, '')))
  if (jid === undefined) return undefined
  const [type = '', ...pairs] = query.split(';')
  // Of two values the first counts: reversed, it is the last one set.
  const values = new Map(pairs.map((pair) => splitPair(pair)).reverse())
  const action = ACTIONS.find((known) => known === type) ?? 'none'
  return { jid, action, body: values.get('body') ?? '', name: values.get('name') ?? '' }
}

function splitPair(pair: string): [string, string] {
  const equals = pair.indexOf('=')
  return equals < 0 ? [pair, ''] : [pair.slice(0, equals), decode(pair.slice(equals + 1))]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
