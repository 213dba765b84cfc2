/** A stanza that the user has written by hand in the XML console: read strictly, so that it can't harm the stream. */
import { SaxesParser } from 'saxes'
import { STANZA_KINDS, type StanzaFault, type StanzaProblem, type StanzaRisk } from '../model/console.ts'
import { bareOf, parseJid, type FullJid } from '../model/jid.ts'
import { attribute, idOf, isStanza, NS_CLIENT } from './stanza.ts'
import { risksOf } from './stanza-risks.ts'
import { StrictParser } from './transport/strict-parser.ts'
import type { Element } from './xml.ts'

export const MAX_COMPOSED_LENGTH = 65_536

export type Composed =
  | { readonly ok: true; readonly stanza: Element; readonly risks: readonly StanzaRisk[] }
  | { readonly ok: false; readonly problem: StanzaProblem }

export interface ComposedContext {
  /** The only address that it may say it is from. */
  readonly jid: FullJid
  /** For a stanza without an id. */
  readonly newId: () => string
}

/**
 * Exactly one message, presence or iq in jabber:client, well-formed, with nothing that a stream may not hold (RFC 6120
 * §11.1), and an iq that is one (§8.2.3). An id is filled in when it has none.
 */
export function readComposed(text: string, { jid, newId }: ComposedContext): Composed {
  const fault = faultOfText(text) ?? earlier(findBareAmpersand(text), findSyntaxProblem(text))
  if (fault !== undefined) return { ok: false, problem: fault }
  const read = readElement(text)
  if ('fault' in read) return { ok: false, problem: read }
  const problem = problemOf(read.stanza, jid)
  if (problem !== undefined) return { ok: false, problem }
  if (idOf(read.stanza) === undefined) read.stanza.attrs['id'] = newId()
  return { ok: true, stanza: read.stanza, risks: risksOf(read.stanza, bareOf(jid)) }
}

function faultOfText(text: string): StanzaProblem | undefined {
  if (text.trim() === '') return { fault: 'empty' }
  return text.length > MAX_COMPOSED_LENGTH ? { fault: 'too-long' } : undefined
}

/** The likeliest mistake of all, for which the parser would read on to the next semicolon, or to the end. */
function findBareAmpersand(text: string): StanzaProblem | undefined {
  const readable = text.replace(/<!\[CDATA\[.*?\]\]>|<!--.*?-->/gs, (skipped) => skipped.replace(/&/g, ' '))
  const at = readable.search(/&(?!(#\d+|#x[\da-f]+|lt|gt|amp|apos|quot);)/i)
  if (at < 0) return undefined
  const before = readable.slice(0, at).split('\n')
  return { fault: 'bad-reference', line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

function earlier(
  one: StanzaProblem | undefined,
  other: StanzaProblem | undefined,
): StanzaProblem | undefined {
  if (one === undefined || other === undefined) return one ?? other
  const byLine = (one.line ?? 0) - (other.line ?? 0)
  return (byLine || (one.column ?? 0) - (other.column ?? 0)) <= 0 ? one : other
}

/** The first thing that is not well-formed, and where. */
function findSyntaxProblem(text: string): StanzaProblem | undefined {
  // A fragment: it has no declaration of its own, and what stands outside the one element is for us to find.
  const parser = new SaxesParser({ xmlns: true, position: true, fragment: true })
  let found: StanzaProblem | undefined
  let depth = 0
  let roots = 0
  const report = (fault: StanzaFault, detail?: string): void => {
    const { line, column } = parser
    found ??= { fault, line, column: Math.max(1, column), ...(detail === undefined ? {} : { detail }) }
  }
  parser.on('error', ({ message }) => {
    const { fault, detail } = explain(message)
    report(fault, detail)
  })
  for (const event of ['doctype', 'comment', 'processinginstruction', 'xmldecl'] as const)
    parser.on(event, () => report('not-allowed'))
  parser.on('opentagstart', () => {
    if (depth++ === 0 && ++roots > 1) report('several')
  })
  parser.on('closetag', () => void depth--)
  for (const event of ['text', 'cdata'] as const)
    parser.on(event, (outside) => {
      if (depth === 0 && outside.trim() !== '') report('outside')
    })
  try {
    parser.write(text).close()
  } catch {
    report('malformed')
  }
  return found ?? (roots === 0 ? { fault: 'empty' } : undefined)
}

const EXPLANATIONS: readonly (readonly [RegExp, StanzaFault])[] = [
  [/unclosed tag: (.+)/, 'unclosed'],
  [/unexpected end/, 'unclosed'],
  [/unmatched closing tag: (.+?)\.?$/, 'wrong-end'],
  [/unexpected close tag|weird empty close tag/, 'wrong-end'],
  [/entity/, 'bad-reference'],
  [/duplicate attribute: (.+?)\.?$/, 'repeated-attribute'],
  [/attribute|whitespace between/, 'bad-attribute'],
  [/unbound namespace prefix: "(.+?)"/, 'unknown-prefix'],
  [/doctype|comment|processing instruction|XML declaration/i, 'not-allowed'],
  [/text data outside/, 'outside'],
  [/disallowed character/, 'bad-character'],
]

/** The parser's English, as a code that there are words for. */
function explain(message: string): { readonly fault: StanzaFault; readonly detail?: string } {
  for (const [pattern, fault] of EXPLANATIONS) {
    const match = pattern.exec(message)
    if (match !== null) return { fault, ...(match[1] === undefined ? {} : { detail: match[1] }) }
  }
  return { fault: 'malformed' }
}

/** Under the rules that a stream's own stanzas are read by. */
function readElement(text: string): { readonly stanza: Element } | StanzaProblem {
  const parser = new StrictParser()
  const elements: Element[] = []
  let problem: StanzaProblem | undefined
  parser.on('element', (element) => elements.push(element))
  parser.on('violation', ({ condition }) => {
    problem = { fault: condition === 'policy-violation' ? 'too-large' : 'malformed' }
  })
  parser.write(`<stream:stream xmlns='${NS_CLIENT}' xmlns:stream='http://etherx.jabber.org/streams'>`)
  // The parser hands an element out at whatever comes next.
  parser.write(`${text}\n`)
  parser.write('<end/>')
  const [stanza] = elements
  return problem ?? (stanza === undefined ? { fault: 'malformed' } : { stanza })
}

function problemOf(stanza: Element, jid: FullJid): StanzaProblem | undefined {
  const name = stanza.getName()
  if (!STANZA_KINDS.some((kind) => kind === name)) return { fault: 'no-stanza', detail: name }
  if (!STANZA_KINDS.some((kind) => isStanza(stanza, kind)))
    return { fault: 'wrong-namespace', detail: stanza.getNS() ?? '' }
  const [from, to] = [attribute(stanza, 'from'), attribute(stanza, 'to')]
  if (from !== undefined && parseJid(from) !== jid) return { fault: 'foreign-from', detail: jid }
  if (to !== undefined && parseJid(to) === undefined) return { fault: 'bad-address', detail: to }
  return name === 'iq' ? problemOfIq(stanza) : undefined
}

/** RFC 6120 §8.2.3: a server may end a stream for less. */
function problemOfIq(iq: Element): StanzaProblem | undefined {
  const type = attribute(iq, 'type') ?? ''
  if (!['get', 'set', 'result', 'error'].includes(type)) return { fault: 'iq-type' }
  const count = iq.getChildElements().length
  const isRight = type === 'get' || type === 'set' ? count === 1 : type === 'result' ? count <= 1 : count >= 1
  return isRight ? undefined : { fault: 'iq-content' }
}
