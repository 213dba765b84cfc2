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

type Parser = (element: Element) => unknown
const own = { ownBareJid: OWN as BareJid }

export async function findParsers(): Promise<ReadonlyMap<string, Parser>> {
  const parsers = new Map<string, Parser>([
    ['parseMessage', (element) => parseMessage(element, own)],
    ['parsePresence', (element) => parsePresence(element, own)],
    ['parseRosterPush', (element) => parseRosterPush(element, own.ownBareJid)],
    ['parseStanzaError', parseStanzaError],
  ])
  for (const name of readdirSync(PROTOCOL).filter((file) => /^xep-.*\.ts$/.test(file))) {
    const file = join(PROTOCOL, name)
    const module = (await import(pathToFileURL(file).href)) as Record<string, (input: unknown) => unknown>
    for (const [, parse = '', takes] of readFileSync(file, 'utf8').matchAll(SIGNATURE)) {
      parsers.set(parse, (element) => module[parse]?.(takes === 'string' ? element.toString() : element))
    }
  }
  return parsers
}

/** Each parser on the stanza and on what is in it. Throws, naming the parser, when one does. */
export function parseAll(parsers: ReadonlyMap<string, Parser>, stanza: Element): void {
  for (const element of everyElement(stanza).slice(0, MOST)) {
    for (const [name, parse] of parsers) {
      try {
        parse(element)
      } catch (error) {
        throw new Error(`${name} threw`, { cause: error })
      }
    }
  }
}

function everyElement(root: Element): Element[] {
  return [root, ...root.getChildElements().flatMap(everyElement)]
}
