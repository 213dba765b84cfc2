/** The XML console: what the renderer may ask for. */
import * as v from 'valibot'
import { STANZA_RISKS, type ConsoleContent, type SentStanza, type StanzaCheck } from '../../model/console.ts'
import { id, text } from '../fields.ts'

/** What the editor may hold; beyond it nothing is even looked at. */
const xml = text(65_536)
const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

export const consoleCommands = {
  /** Opens or raises the console's window. */
  'console.open': v.strictObject({ accountId: id }),
  /** From a console's own window alone: records the stream until the window is closed; answers with what it holds. */
  'console.watch': v.strictObject({ accountId: id }),
  'console.clear': v.strictObject({ accountId: id }),
  'console.check': v.strictObject({ accountId: id, xml }),
  /** `confirmed`: what the user was asked about and wants all the same. */
  'console.send': v.strictObject({
    accountId: id,
    xml,
    confirmed: v.pipe(v.array(v.picklist(STANZA_RISKS)), v.maxLength(STANZA_RISKS.length)),
  }),
  'console.copy': v.strictObject({ accountId: id, number }),
  /** Asks for a file; true when it was written. */
  'console.save': v.strictObject({ accountId: id, numbers: v.pipe(v.array(number), v.maxLength(10_000)) }),
} as const

/** Answers of these commands; one that is not named answers nothing. */
export interface ConsoleOutputs {
  'console.watch': ConsoleContent
  'console.check': StanzaCheck
  'console.send': SentStanza
  'console.save': boolean
}
