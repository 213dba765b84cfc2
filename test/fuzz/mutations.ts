/** Damage that knows the grammar: what a client gets wrong, and what an attacker tries. */
import fc from 'fast-check'
import { copyOf, everyTree, tree, type Tree } from './tree.ts'
import { address, hostile, huge, id } from './words.ts'

const NAMESPACES = [
  'jabber:client', 'jabber:server', 'jabber:iq:roster', 'urn:xmpp:delay', 'urn:xmpp:sid:0', 'urn:xmpp:carbons:2', 'urn:xmpp:blocking',
  'urn:ietf:params:xml:ns:xmpp-stanzas', 'http://jabber.org/protocol/disco#info', 'http://etherx.jabber.org/streams', 'vcard-temp', 'urn:odd', '',
] // prettier-ignore
const NAMES = ['message', 'presence', 'iq', 'body', 'query', 'item', 'error', 'delay', 'x', '__proto__', 'constructor', 'hasOwnProperty'] // prettier-ignore
const ATTRIBUTES = ['from', 'to', 'id', 'type', 'jid', 'stamp', 'by', 'ver', 'node', 'subscription', 'constructor', '__proto__'] // prettier-ignore
const DEEP = 80

export interface Mutation {
  /** Which element of the stanza, counted round. */
  readonly at: number
  readonly apply: (hit: Tree, root: Tree) => void
}

const mutate = <T>(
  from: fc.Arbitrary<T>,
  apply: (hit: Tree, value: T, root: Tree) => void,
): fc.Arbitrary<Mutation> =>
  fc.tuple(fc.nat(), from).map(([at, value]) => ({ at, apply: (hit, root) => apply(hit, value, root) }))

const attribute = fc.tuple(fc.constantFrom(...ATTRIBUTES), fc.oneof(hostile, address, id))
const nothing = fc.constant(undefined)

function nest(inner: Tree, depth: number): Tree {
  let nested = inner
  for (let level = 0; level < depth; level += 1) nested = tree(inner.name, { ...inner.attrs }, nested)
  return nested
}

function without(attrs: Tree['attrs'], place: number): Tree['attrs'] {
  return Object.fromEntries(Object.entries(attrs).filter((_pair, index) => index !== place))
}

/** `other`: stanzas whose parts end up in this one. */
export function mutation(other: fc.Arbitrary<Tree>): fc.Arbitrary<Mutation> {
  return fc.oneof(
    { weight: 6, arbitrary: mutate(attribute, (hit, [name, value]) => void (hit.attrs = { ...hit.attrs, [name]: value })) }, // prettier-ignore
    { weight: 3, arbitrary: mutate(address, (_hit, from, root) => void (root.attrs['from'] = from)) },
    { weight: 3, arbitrary: mutate(fc.constantFrom(...NAMESPACES), (hit, xmlns) => void (hit.attrs['xmlns'] = xmlns)) }, // prettier-ignore
    { weight: 3, arbitrary: mutate(hostile, (hit, text) => void hit.children.push(text)) },
    { weight: 2, arbitrary: mutate(hostile, (hit, text) => void (hit.children = [text])) },
    { weight: 2, arbitrary: mutate(fc.nat(), (hit, which) => void (hit.attrs = without(hit.attrs, which % 8))) }, // prettier-ignore
    { weight: 2, arbitrary: mutate(nothing, (hit) => void (hit.children = [])) },
    { weight: 2, arbitrary: mutate(fc.nat(), (hit, which) => void hit.children.splice(which % (hit.children.length + 1), 1)) }, // prettier-ignore
    { weight: 2, arbitrary: mutate(nothing, (hit) => void (hit.children = [...hit.children, ...copyOf(hit).children])) }, // prettier-ignore
    { weight: 2, arbitrary: mutate(nothing, (hit) => void hit.children.reverse()) },
    { weight: 3, arbitrary: mutate(other, (hit, part) => void hit.children.push(copyOf(part))) },
    {
      weight: 2,
      arbitrary: mutate(other, (hit, part) => void hit.children.unshift(...copyOf(part).children)),
    },
    { weight: 1, arbitrary: mutate(fc.constantFrom(...NAMES), (hit, name) => void (hit.name = name)) },
    { weight: 1, arbitrary: mutate(fc.integer({ min: 2, max: DEEP }), (hit, depth) => void (hit.children = [nest(copyOf(hit), depth)])) }, // prettier-ignore
    { weight: 1, arbitrary: mutate(fc.integer({ min: 20, max: 400 }), (hit, times) => void (hit.children = Array.from({ length: times }, () => hit.children.map((child) => (typeof child === 'string' ? child : copyOf(child)))).flat().slice(0, 2000))) }, // prettier-ignore
  )
}

/** A megabyte where a word was. */
export const hugeMutation: fc.Arbitrary<Mutation> = fc.oneof(
  mutate(huge, (hit, text) => void (hit.children = [text])),
  mutate(
    fc.tuple(fc.constantFrom(...ATTRIBUTES), huge),
    (hit, [name, value]) => void (hit.attrs[name] = value),
  ),
)

/** The stanza is copied, not touched. */
export function damage(stanza: Tree, mutations: readonly Mutation[]): Tree {
  const root = copyOf(stanza)
  for (const { at, apply } of mutations) {
    const all = everyTree(root)
    const hit = all[at % all.length]
    // Copies of copies grow fast.
    if (hit !== undefined && all.length < 5000) apply(hit, root)
  }
  return root
}
