/** The XML console: the user's verbs. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { SentStanza, StanzaCheck } from '../../model/console.ts'
import { parseJid, type FullJid } from '../../model/jid.ts'
import { readComposed, type Composed } from '../../protocol/composed-stanza.ts'
import { attribute, idOf } from '../../protocol/stanza.ts'
import { stanzaTemplates } from '../../protocol/stanza-templates.ts'
import { buildDocument } from '../../protocol/traffic.ts'
import type { Element } from '../../protocol/xml.ts'
import type { Link } from '../link.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import type { ConsoleVerbs } from './verbs.types.ts'

export function createConsoleVerbs(tools: Tools, sessions: Sessions): ConsoleVerbs {
  const { traffic } = tools
  return {
    openConsole(accountId, watcher) {
      const account = tools.storage.findAccount(accountId)
      if (account === undefined) throw userError('not-found')
      return { entries: traffic.open(accountId, watcher), templates: stanzaTemplates(account.jid) }
    },
    closeConsole: traffic.close,
    clearConsole: traffic.clear,
    checkStanza: (input) => check(read(tools, sessions, input)),
    sendStanza: (input) => send(tools, sessions, input),
    consoleDocument(accountId, numbers) {
      const account = tools.storage.findAccount(accountId)
      return buildDocument(account?.jid ?? '', traffic.find(accountId, new Set(numbers)))
    },
    consoleText(accountId, number) {
      const [entry] = traffic.find(accountId, new Set([number]))
      if (entry === undefined) throw userError('not-found')
      return entry.xml
    },
  }
}

/** Offline there is no resource yet, and so no `from` that would be right but the one of last time. */
function read(tools: Tools, sessions: Sessions, { accountId, xml }: CheckedInput<'console.check'>): Composed {
  const session = sessions.get(accountId)
  const account = tools.storage.findAccount(accountId)
  const jid = session.online()?.stream.jid ?? (`${account?.jid ?? ''}/${account?.resource ?? ''}` as FullJid)
  return readComposed(xml, { jid, newId: tools.newId })
}

function check(composed: Composed): StanzaCheck {
  return composed.ok ? { risks: composed.risks } : { problem: composed.problem, risks: [] }
}

function send(tools: Tools, sessions: Sessions, input: CheckedInput<'console.send'>): SentStanza {
  const link = sessions.requireOnline(input.accountId)
  const composed = read(tools, sessions, input)
  const checked = check(composed)
  if (!composed.ok || checked.risks.some((risk) => !input.confirmed.includes(risk))) return checked
  const { stanza } = composed
  if (!link.stream.send(stanza)) throw userError('offline')
  rememberAddressed(link, stanza)
  return { ...checked, sentId: idOf(stanza) ?? '' }
}

/** Directed presence by hand is directed presence (answers.ts). */
function rememberAddressed({ addressed }: Link, stanza: Element): void {
  const to = parseJid(attribute(stanza, 'to') ?? '')
  if (stanza.getName() !== 'presence' || to === undefined) return
  const type = attribute(stanza, 'type')
  if (type === undefined) addressed.add(to)
  else if (type === 'unavailable') addressed.delete(to)
}
