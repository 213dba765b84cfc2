/** `xmpp:` links (RFC 5122, XEP-0147) as data. Reading one does nothing; a dialog asks the user (attack: links that act). */
import { parseBareJid, type BareJid } from './jid.ts'

export interface XmppUri {
  readonly jid: BareJid
  /** XEP-0147 query type that Linnet knows; anything else opens the address only. */
  readonly action: 'message' | 'subscribe' | 'roster' | 'join' | 'invite' | 'register' | 'none'
  /** Proposed text of `?message;body=`; goes to the draft, is never sent. */
  readonly body: string
  /** Proposed name of `?roster;name=`. */
  readonly name: string
  /** Of `?join;password=` and `?invite;password=`: what a room asks for. */
  readonly password?: string
  /**
   * Of `?roster;preauth=` (XEP-0379): this is an invitation, and the token answers the request. Of `?register;preauth=`
   * (XEP-0445): it opens an account on the server of the address, and the name before the @, if any, is the account's.
   */
  readonly preauth?: string
  /** `?roster;preauth=…;ibr=y` (XEP-0401): the token opens an account on that server too. */
  readonly opensAccount?: true
  /** Of `?invite;jid=`: whom to ask into the room (XEP-0045 §16.7.2). Never nobody: that is a link to the room. */
  readonly invite?: readonly BareJid[]
}

const MAX_LENGTH = 4096
const MAX_TOKEN = 256
const ACTIONS = ['message', 'subscribe', 'roster', 'join', 'invite', 'register'] as const
const INVITING: readonly XmppUri['action'][] = ['roster', 'subscribe', 'register']
const MAX_INVITED = 50

/** Undefined when it is not an xmpp: link to an address. */
export function parseXmppUri(text: string): XmppUri | undefined {
  if (text.length > MAX_LENGTH || !/^xmpp:/i.test(text)) return undefined
  const [path = '', query = ''] = text.slice('xmpp:'.length).split(/[?#]/, 2)
  // RFC 5122 allows an authority (//account/address); the address is the last part.
  const address = path.startsWith('//') ? path.slice(path.indexOf('/', 2) + 1) : path
  // Cut before decoding: a %2F is no separator.
  const jid = parseBareJid(decode(address.replace(/\/.*$/, '')))
  if (jid === undefined) return undefined
  const [type = '', ...texts] = query.split(';')
  const pairs = texts.map((pair) => splitPair(pair))
  // Of two values the first counts: reversed, it is the last one set.
  const values = new Map([...pairs].reverse())
  const wanted = ACTIONS.find((known) => known === type) ?? 'none'
  const invite = wanted === 'invite' ? invitedBy(pairs) : []
  const inviting = INVITING.includes(wanted) ? preauthOf(wanted, values) : {}
  const action = settled(wanted, invite, inviting)
  const uri: XmppUri = { jid, action, body: values.get('body') ?? '', name: values.get('name') ?? '' }
  const password = action === 'join' || action === 'invite' ? (values.get('password') ?? '') : ''
  return {
    ...uri,
    ...(password === '' ? {} : { password }),
    ...inviting,
    ...(invite.length === 0 ? {} : { invite }),
  }
}

/** To invite nobody is to join; without a token `?register` is for services (XEP-0077), which have their own page. */
function settled(
  wanted: XmppUri['action'],
  invite: readonly BareJid[],
  { preauth }: Pick<XmppUri, 'preauth'>,
): XmppUri['action'] {
  if (wanted === 'invite' && invite.length === 0) return 'join'
  return wanted === 'register' && preauth === undefined ? 'none' : wanted
}

function preauthOf(
  action: XmppUri['action'],
  values: ReadonlyMap<string, string>,
): Pick<XmppUri, 'preauth' | 'opensAccount'> {
  const preauth = values.get('preauth') ?? ''
  if (preauth === '' || preauth.length > MAX_TOKEN) return {}
  const opensAccount = action === 'register' || values.get('ibr') === 'y'
  return { preauth, ...(opensAccount ? { opensAccount } : {}) }
}

function invitedBy(pairs: readonly (readonly [string, string])[]): readonly BareJid[] {
  const jids = pairs.flatMap(([name, value]) => (name === 'jid' ? (parseBareJid(value) ?? []) : []))
  return [...new Set(jids)].slice(0, MAX_INVITED)
}

/** An `xmpp:` link, or the address of a web page that has one behind its `#` (XEP-0379 §3.3). Nothing is fetched. */
export function readInvitationLink(text: string): XmppUri | undefined {
  const trimmed = text.trim()
  const [, behind] = /^https:\/\/[^\s#]+#(?:xmpp:)?(\S+)$/i.exec(trimmed) ?? []
  // Without an @ it may be anything: a server's own token, say.
  const isAddress = behind !== undefined && /@|\?register;/i.test(behind)
  if (behind !== undefined) return isAddress ? parseXmppUri(`xmpp:${behind}`) : undefined
  return parseXmppUri(trimmed)
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
