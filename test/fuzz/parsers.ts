/** Every parser of the protocol layer, those that are still to be written too: what one XEP's file exports as parseX. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BareJid } from '../../src-main/model/jid.ts'
import { parseMessage } from '../../src-main/protocol/message.ts'
import { parsePresence } from '../../src-main/protocol/presence.ts'
import { parseRosterPush } from '../../src-main/protocol/roster.ts'
import { parseStanzaError } from '../../src-main/protocol/stanza-error.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import { OWN } from './words.ts'

const PROTOCOL = join(import.meta.dirname, '..', '..', 'src-main', 'protocol')
/** Elements of one stanza that are tried; more are more of the same. */
const MOST = 12
/** What a parser takes is known by its source alone. */
const SIGNATURE = /^export function (parse[A-Z]\w*)\(\w+: (Element|string)\)/gm

const LONGEST_TEXT = 262_144

type Parsers<T> = ReadonlyMap<string, (input: T) => unknown>
export interface AllParsers {
  readonly ofElements: Parsers<Element>
  readonly ofTexts: Parsers<string>
}
const own = { ownBareJid: OWN as BareJid }

export async function findParsers(): Promise<AllParsers> {
  const ofTexts = new Map<string, (text: string) => unknown>()
  const ofElements = new Map<string, (element: Element) => unknown>([
    ['parseMessage', (element) => parseMessage(element, own)],
    ['parsePresence', (element) => parsePresence(element, own)],
    ['parseRosterPush', (element) => parseRosterPush(element, own.ownBareJid)],
    ['parseStanzaError', parseStanzaError],
  ])
  for (const name of readdirSync(PROTOCOL).filter((file) => /^xep-.*\.ts$/.test(file))) {
    const file = join(PROTOCOL, name)
    const module = (await import(pathToFileURL(file).href)) as Record<string, (input: unknown) => unknown>
    for (const [, parse = '', takes] of readFileSync(file, 'utf8').matchAll(SIGNATURE)) {
      const parser = module[parse]
      if (parser !== undefined) (takes === 'string' ? ofTexts : ofElements).set(parse, parser)
    }
  }
  return { ofElements, ofTexts }
}

/** Each parser on the stanza and on what is in it. Throws, naming the parser, when one does. */
export function parseAll({ ofElements, ofTexts }: AllParsers, stanza: Element): void {
  for (const element of firstElements(stanza)) parseEach(ofElements, element)
  parseEach(ofTexts, stanza.toString().slice(0, LONGEST_TEXT))
}

function parseEach<T>(parsers: Parsers<T>, input: T): void {
  for (const [name, parse] of parsers) {
    try {
      parse(input)
    } catch (error) {
      throw new Error(`${name} threw`, { cause: error })
    }
  }
}

/** Itself, its children, theirs. */
function firstElements(root: Element): Element[] {
  const found = [root]
  for (let at = 0; at < found.length && found.length < MOST; at += 1) {
    found.push(...(found[at]?.getChildElements().slice(0, MOST) ?? []))
  }
  return found.slice(0, MOST)
}
