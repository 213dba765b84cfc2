/**
 * Resource binding (RFC 6120 §7): the library's, plugged into our stream features, with an iq that checks who answers.
 * Also: waiting for one answer while stanzas may come before it.
 */
import { randomUUID } from 'node:crypto'
import resourceBinding from '@xmpp/resource-binding'
import { bareOf, domainOf, parseJid, type BareJid } from '../../model/jid.ts'
import { StreamFailure } from '../errors.ts'
import { isStanza } from '../stanza.ts'
import type { StreamCredentials } from '../stream.ts'
import { NS as NS_SM } from '../xep-0198-stream-management.ts'
import { xml, type Element } from '../xml.ts'
import type { Engine } from './engine.ts'
import type { Limits } from './limits.ts'
import type { FeatureHandler, StreamFeatures } from './stream-features.ts'

const NS_BIND = 'urn:ietf:params:xml:ns:xmpp-bind'

/** A stanza that came while the stream was still negotiated. */
export interface EarlyStanza {
  readonly stanza: Element
  /** Whether stream management was on already. */
  readonly counted: boolean
}

export interface BindingOptions {
  readonly engine: Engine
  readonly credentials: StreamCredentials
  readonly limits: Limits
  /** Stanzas that are not for us here; they are put there in order. */
  readonly early: EarlyStanza[]
  /** Asked when the feature is offered: servers offer it after Bind 2 and beside resumption as well. */
  readonly needed: () => boolean
}

/** The bound JID is then in `engine.bound`. */
export function bindWithLibrary(table: StreamFeatures, options: BindingOptions): void {
  const streamFeatures = {
    use(name: string, xmlns: string, handler: FeatureHandler): void {
      table.use(name, xmlns, (context, next, feature) =>
        options.needed() ? handler(context, next, feature) : next(),
      )
    },
  }
  const iqCaller = { set: (child: Element) => requestBinding(child, options) }
  // The library's types ask for more of both than it uses.
  resourceBinding(
    { streamFeatures, iqCaller } as unknown as Parameters<typeof resourceBinding>[0],
    options.credentials.resource,
  )
}

async function requestBinding(child: Element, options: BindingOptions): Promise<Element> {
  const { engine, credentials, limits, early } = options
  const id = randomUUID()
  engine.transmit(xml('iq', { type: 'set', id }, child))
  for (;;) {
    const element = await engine.next('resource binding', limits.step)
    const answers =
      isStanza(element, 'iq') && element.attrs['id'] === id && isFromServer(element, credentials.jid)
    if (answers && element.attrs['type'] === 'result') return element.getChild('bind', NS_BIND) ?? xml('bind')
    if (answers) {
      const condition = element.getChild('error')?.getChildElements()[0]?.getName() ?? 'error'
      throw new StreamFailure({ code: 'policy', detail: `resource binding: ${condition}` })
    }
    if (isAnyStanza(element)) early.push({ stanza: element, counted: false })
  }
}

/** The first nonza of stream management with one of `names`. */
export async function answerTo(
  engine: Engine,
  names: readonly string[],
  early: EarlyStanza[],
  limitMs: number,
): Promise<Element> {
  for (;;) {
    const element = await engine.next('stream management', limitMs)
    if (names.includes(element.getName()) && element.getNS() === NS_SM) return element
    if (isAnyStanza(element)) early.push({ stanza: element, counted: false })
  }
}

/** What stream management counts; anything else at the top is a nonza. */
export function isAnyStanza(element: Element): boolean {
  return isStanza(element, 'message') || isStanza(element, 'presence') || isStanza(element, 'iq')
}

/** RFC 6120 §8.1.2.1: no `from`, our own account or its server mean the server. */
export function isFromServer(element: Element, ownJid: BareJid): boolean {
  const from = element.attrs['from'] as string | undefined
  if (from === undefined) return true
  const sender = parseJid(from)
  return sender !== undefined && (bareOf(sender) === ownJid || sender === domainOf(ownJid))
}
