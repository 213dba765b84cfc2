/** Every parser of the protocol layer, those that are still to be written too: what one XEP's file exports as parseX. */
import { readdirSync } from 'node:fs'
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
/** Their parsers take a text. */
const OF_TEXTS = /^xep-0082-/
/** Elements of one stanza that are tried; more are more of the same. */
const MOST = 12

type Parser = (element: Element) => unknown
const own = { ownBareJid: OWN as BareJid }

export async function findParsers(): Promise<ReadonlyMap<string, Parser>> {
  const parsers = new Map<string, Parser>([
    ['parseMessage', (element) => parseMessage(element, own)],
    ['parsePresence', (element) => parsePresence(element, own)],
    ['parseRosterPush', (element) => parseRosterPush(element, own.ownBareJid)],
    ['parseStanzaError', parseStanzaError],
  ])
  for (const file of readdirSync(PROTOCOL).filter(
    (name) => /^xep-.*\.ts$/.test(name) && !OF_TEXTS.test(name),
  )) {
    const module = (await import(pathToFileURL(join(PROTOCOL, file)).href)) as Record<string, unknown>
    for (const [name, parse] of Object.entries(module)) {
      if (/^parse[A-Z]/.test(name) && typeof parse === 'function' && parse.length === 1) parsers.set(name, parse as Parser) // prettier-ignore
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
