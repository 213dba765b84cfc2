/** What we answer on one stream: the facts, given to those who may know them (answers.ts). */
import { bareOf, type Jid } from '../model/jid.ts'
import type { StandardAnswers } from '../protocol/own-features.ts'
import { present } from '../protocol/stanza.ts'
import { askerOf, mayLearn, type Question } from './answers.ts'
import type { Link } from './link.ts'
import type { Tools } from './tools.ts'

export type ReplyTools = Pick<Tools, 'storage' | 'now' | 'idleSeconds' | 'version' | 'system'>

type Party = Pick<Link, 'stream' | 'accountId' | 'addressed'>

/** Whether `from` may know that we are here. */
export function mayKnowUs(tools: ReplyTools, party: Party, from: Jid): boolean {
  return mayAsk(tools, party, from, 'presence')
}

export function createReplies(tools: ReplyTools, party: Party): StandardAnswers {
  const may = (from: Jid, question: Question): boolean => mayAsk(tools, party, from, question)
  return {
    told() {
      const settings = tools.storage.getSettings()
      return {
        version: settings.tellVersion,
        time: settings.tellTime,
        idle: settings.tellIdle,
        delivered: settings.tellDelivered,
        displayed: settings.tellDisplayed,
        typing: settings.tellTyping,
      }
    },
    version: (from) =>
      may(from, 'version')
        ? { version: tools.version, ...present('os', may(from, 'system') ? tools.system : undefined) }
        : undefined,
    time: (from) => (may(from, 'time') ? localTime(tools.now()) : undefined),
    // XEP-0012 §4: of a resource that is there it is the idle time; the status is in the presence already.
    lastActivity: (from) => (may(from, 'idle') ? { secondsAgo: tools.idleSeconds(), status: '' } : undefined),
  }
}

/** Whether `from`, or whoever has this address, may learn it: by asking, or by being told. */
export function mayAsk({ storage }: ReplyTools, party: Party, from: Jid, question: Question): boolean {
  const { ownBareJid } = party.stream
  const contact = storage.findContact(party.accountId, bareOf(from))
  const asker = askerOf(from, { ownBareJid, contact, addressed: party.addressed })
  return mayLearn(asker, question, storage.getSettings())
}

function localTime(nowMs: number): { utcMs: number; offsetMinutes: number } {
  // JavaScript counts what to add to the local time; 0 minus it, so that Greenwich is not minus zero.
  return { utcMs: nowMs, offsetMinutes: 0 - new Date(nowMs).getTimezoneOffset() }
}
