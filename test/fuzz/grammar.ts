/**
 * Stanzas of every kind as an honest or less honest client or server could write them, with every extension that Linnet
 * reads and many that it does not. What the golden cases of test/protocol/cases hold joins by itself.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { parseStanza } from '../helpers/stanza.ts'
import { fromElement, tree, type Tree } from './tree.ts'
import { address, CONTACT, hostile, id, OWN, OWN_FULL, stamp, words } from './words.ts'

type Some = fc.Arbitrary<Tree>
const CASES = join(import.meta.dirname, '..', 'protocol', 'cases')

/** An element with attributes that may be there (`from` mostly is), and children. */
function element(
  name: string,
  xmlns: string,
  attrs: Record<string, fc.Arbitrary<string>> = {},
  children: fc.Arbitrary<(Tree | string)[]> = fc.constant([]),
): Some {
  const optional = fc.record(attrs, { requiredKeys: [] })
  const given = fc.oneof({ weight: 2, arbitrary: fc.record(attrs) }, { weight: 1, arbitrary: optional })
  return fc.tuple(given, children).map(([some, inside]) => {
    const named = Object.entries(some).filter((pair): pair is [string, string] => pair[1] !== undefined)
    return tree(name, { ...(xmlns === '' ? {} : { xmlns }), ...Object.fromEntries(named) }, ...inside)
  })
}
const oneText = words.map((text) => [text])
const some = (...from: Some[]): fc.Arbitrary<Tree[]> => fc.array(fc.oneof(...from), { maxLength: 4 })
const bare = (name: string, xmlns: string): Some => fc.constant(tree(name, { xmlns }))

const CONDITIONS = ['bad-request', 'gone', 'item-not-found', 'service-unavailable', 'undefined-condition', 'made-up'] // prettier-ignore
const STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas'
const error: Some = element(
  'error',
  '',
  { type: fc.constantFrom('cancel', 'wait', 'auth', 'odd'), by: address },
  some(...CONDITIONS.map((name) => bare(name, STANZAS)), element('text', STANZAS, {}, oneText)),
)

const field: Some = element(
  'field',
  'jabber:x:data',
  { var: words, type: fc.constantFrom('text-single', 'hidden', 'list-multi', 'boolean', 'jid-multi', 'odd'), label: words }, // prettier-ignore
  some(element('value', 'jabber:x:data', {}, oneText), element('option', 'jabber:x:data', { label: words }, some(element('value', 'jabber:x:data', {}, oneText)))), // prettier-ignore
)
const form: Some = element(
  'x',
  'jabber:x:data',
  { type: fc.constantFrom('form', 'submit', 'result', 'cancel', 'odd') },
  some(field, element('title', 'jabber:x:data', {}, oneText), element('instructions', 'jabber:x:data', {}, oneText)), // prettier-ignore
)

const delay = element('delay', 'urn:xmpp:delay', { stamp, from: address }, oneText)
const nick = element('nick', 'http://jabber.org/protocol/nick', {}, oneText)
const extensions: readonly Some[] = [
  delay,
  nick,
  error,
  form,
  element('x', 'jabber:x:delay', { stamp: hostile, from: address }),
  element('stanza-id', 'urn:xmpp:sid:0', { id, by: address }),
  element('origin-id', 'urn:xmpp:sid:0', { id }),
  bare('unstyled', 'urn:xmpp:styling:0'),
  bare('request', 'urn:xmpp:receipts'),
  element('received', 'urn:xmpp:receipts', { id }),
  bare('composing', 'http://jabber.org/protocol/chatstates'),
  element('replace', 'urn:xmpp:message-correct:0', { id }),
  element('reactions', 'urn:xmpp:reactions:0', { id }, some(element('reaction', 'urn:xmpp:reactions:0', {}, oneText))), // prettier-ignore
  element('reply', 'urn:xmpp:reply:0', { to: address, id }),
  element('retract', 'urn:xmpp:message-retract:1', { id }),
  element('displayed', 'urn:xmpp:chat-markers:0', { id }),
  element('x', 'jabber:x:oob', {}, some(element('url', 'jabber:x:oob', {}, oneText))),
  element('html', 'http://jabber.org/protocol/xhtml-im', {}, some(element('body', 'http://www.w3.org/1999/xhtml', {}, oneText))), // prettier-ignore
  element('x', 'http://jabber.org/protocol/muc#user', {}, some(element('invite', '', { from: address }))),
  element('x', 'jabber:x:conference', { jid: address, reason: words }),
  element('attention', 'urn:xmpp:attention:0'),
  element('c', 'http://jabber.org/protocol/caps', { hash: words, node: words, ver: words, ext: words }),
  element('x', 'vcard-temp:x:update', {}, some(element('photo', 'vcard-temp:x:update', {}, oneText))),
  element('idle', 'urn:xmpp:idle:1', { since: stamp }),
  element('query', 'jabber:iq:last', { seconds: hostile }, oneText),
  element('event', 'http://jabber.org/protocol/pubsub#event', {}, some(element('items', '', { node: words }, some(element('item', '', { id }))))), // prettier-ignore
  element('encrypted', 'eu.siacs.conversations.axolotl', {}, oneText),
]

const MESSAGE_TYPES = ['chat', 'chat', 'chat', 'normal', 'headline', 'groupchat', 'error', '', 'odd']
const PRESENCE_TYPES = ['unavailable', 'subscribe', 'subscribed', 'unsubscribe', 'unsubscribed', 'probe', 'error', 'odd', ''] // prettier-ignore
const addressed = { from: address, to: address, id, 'xml:lang': words }

const body = element('body', '', {}, oneText)
const messageParts = some(
  body,
  element('body', '', { 'xml:lang': words }, oneText),
  element('subject', '', {}, oneText),
  element('thread', '', { parent: id }, oneText),
  ...extensions,
)
const plainMessage: Some = element(
  'message',
  '',
  { ...addressed, type: fc.constantFrom(...MESSAGE_TYPES) },
  fc.oneof(
    messageParts,
    fc.tuple(body, messageParts).map(([first, rest]) => [first, ...rest]),
  ),
)

/** A message inside another: carbons, archive results, forwarding; by whoever. */
const wrapped: Some = fc
  .tuple(plainMessage, delay, address, fc.constantFrom('sent', 'received', 'result', 'forwarded', 'private'))
  .map(([inner, stamped, from, how]) => {
    const forwarded = tree('forwarded', { xmlns: 'urn:xmpp:forward:0' }, stamped, { ...inner, attrs: { ...inner.attrs, xmlns: 'jabber:client' } }) // prettier-ignore
    const xmlns = how === 'result' ? 'urn:xmpp:mam:2' : 'urn:xmpp:carbons:2'
    const carried = how === 'forwarded' ? forwarded : tree(how, { xmlns, queryid: 'q', id: '1' }, forwarded)
    return tree('message', { from }, carried)
  })

const presence: Some = element(
  'presence',
  '',
  { ...addressed, type: fc.constantFrom(...PRESENCE_TYPES) },
  some(
    element('show', '', {}, fc.constantFrom(['away'], ['dnd'], ['xa'], ['chat'], ['odd'], ['away', 'x'])),
    element('status', '', { 'xml:lang': words }, oneText),
    element('priority', '', {}, fc.oneof(fc.integer({ min: -200, max: 200 }).map((n) => [String(n)]), oneText)), // prettier-ignore
    ...extensions,
  ),
)

const ROSTER = 'jabber:iq:roster'
const item: Some = element(
  'item',
  ROSTER,
  {
    jid: fc.oneof(address, fc.nat(500).map((n) => `c${n}@capulet.example`)),
    name: words,
    subscription: fc.constantFrom('none', 'to', 'from', 'both', 'remove', 'odd'),
    ask: fc.constantFrom('subscribe', 'odd'),
    approved: fc.constantFrom('true', '1', 'odd'),
  }, // prettier-ignore
  some(element('group', ROSTER, {}, oneText)),
)
const INFO = 'http://jabber.org/protocol/disco#info'
const ITEMS = 'http://jabber.org/protocol/disco#items'
const VCARD = 'vcard-temp'
const blocked = some(element('item', 'urn:xmpp:blocking', { jid: address }))

/** Payloads of requests and of their answers. */
const payloads: readonly Some[] = [
  element('query', ROSTER, { ver: words }, some(item)),
  element('query', ROSTER, {}, item.map((one) => [one])), // prettier-ignore
  element('query', INFO, { node: words }, some(element('identity', INFO, { category: words, type: words, name: words }), element('feature', INFO, { var: words }), form)), // prettier-ignore
  element('query', ITEMS, { node: words }, some(element('item', ITEMS, { jid: address, node: words, name: words }))), // prettier-ignore
  element('query', 'jabber:iq:version', {}, some(...['name', 'version', 'os'].map((name) => element(name, 'jabber:iq:version', {}, oneText)))), // prettier-ignore
  element('query', 'jabber:iq:last', { seconds: hostile }, oneText),
  element('time', 'urn:xmpp:time', {}, some(element('tzo', 'urn:xmpp:time', {}, oneText), element('utc', 'urn:xmpp:time', {}, stamp.map((text) => [text])))), // prettier-ignore
  bare('ping', 'urn:xmpp:ping'),
  element('block', 'urn:xmpp:blocking', {}, blocked),
  element('unblock', 'urn:xmpp:blocking', {}, blocked),
  element('blocklist', 'urn:xmpp:blocking', {}, blocked),
  element('vCard', VCARD, {}, some(...['FN', 'NICKNAME', 'DESC', 'URL', 'BDAY'].map((name) => element(name, VCARD, {}, oneText)), element('EMAIL', VCARD, {}, some(element('USERID', VCARD, {}, oneText))), element('PHOTO', VCARD, {}, some(element('BINVAL', VCARD, {}, oneText), element('TYPE', VCARD, {}, oneText))))), // prettier-ignore
  element('command', 'http://jabber.org/protocol/commands', { node: words, sessionid: words, action: words, status: fc.constantFrom('executing', 'completed', 'canceled', 'odd') }, some(form, element('note', '', { type: words }, oneText))), // prettier-ignore
  element(
    'query',
    'jabber:iq:register',
    {},
    some(form, element('username', 'jabber:iq:register', {}, oneText)),
  ),
  element('query', 'jabber:iq:search', {}, some(form)),
  element('query', 'jabber:iq:private', {}, some(form)),
  element('pubsub', 'http://jabber.org/protocol/pubsub', {}, some(element('items', '', { node: words }))),
  element('bind', 'urn:ietf:params:xml:ns:xmpp-bind', {}, some(element('jid', '', {}, oneText))),
  element('query', 'urn:made:up', {}, oneText),
  error,
]
export const payload: Some = fc.oneof(...payloads)

const namespaceOf = (one: Some): string => fc.sample(one, { seed: 1, numRuns: 1 })[0]?.attrs['xmlns'] ?? ''
const named = payloads.map((one) => ({ one, namespace: namespaceOf(one) }))

/** Of the namespace that was asked for; any, where none is known. */
export function payloadOf(asked: string): Some {
  const fitting = named.filter(({ namespace }) => namespace === asked).map(({ one }) => one)
  return fc.oneof(...(fitting.length > 0 ? fitting : payloads))
}

const iq: Some = element('iq', '', { ...addressed, type: fc.constantFrom('get', 'set', 'result', 'error', 'odd') }, some(...payloads)) // prettier-ignore

/** As our own server sends them: pushes, and requests that are in order. */
const ownIq: Some = fc
  .tuple(
    fc.constantFrom({}, { from: OWN }, { from: OWN_FULL }, { from: 'montague.example' }),
    fc.constantFrom('set', 'get'),
    id,
    fc.oneof(
      item.map((one) => tree('query', { xmlns: ROSTER, ver: 'v' }, one)),
      payload,
    ),
  ) // prettier-ignore
  .map(([from, type, requestId, inside]) => tree('iq', { ...from, type, id: requestId }, inside))

/** What is no stanza: of stream management, of the stream itself, and of nobody. */
export const nonza: Some = fc.oneof(
  ...['r', 'a', 'enabled', 'resumed', 'failed'].map((name) => element(name, 'urn:xmpp:sm:3', { h: words, id, previd: id })), // prettier-ignore
  element('stream:features', '', {}, some(element('sub', 'urn:xmpp:features:pre-approval'))),
  element('success', 'urn:ietf:params:xml:ns:xmpp-sasl', {}, oneText),
  element('proceed', 'urn:ietf:params:xml:ns:xmpp-tls'),
  element('made-up', 'urn:made:up', {}, oneText),
)

const golden = readdirSync(CASES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.xml'))
  .sort()
  .map((file) => fromElement(parseStanza(readFileSync(join(CASES, file), 'utf8').trim())))

export const stanza: Some = fc.oneof(
  { weight: 8, arbitrary: plainMessage },
  { weight: 2, arbitrary: wrapped },
  { weight: 8, arbitrary: presence },
  { weight: 5, arbitrary: iq },
  { weight: 4, arbitrary: ownIq },
  { weight: 1, arbitrary: nonza },
  { weight: 5, arbitrary: fc.constantFrom(...golden) },
)

/** A message that any client would show; after everything it must still be shown. */
export const honest = (body: string): Tree => tree('message', { from: `${CONTACT}/balcony`, type: 'chat', id: body }, tree('body', {}, body)) // prettier-ignore
