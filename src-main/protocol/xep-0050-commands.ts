/** XEP-0050: Ad-Hoc Commands, version 1.3.0. https://xmpp.org/extensions/xep-0050.html */
import type { FieldAnswer } from '../model/form.ts'
import type { Jid } from '../model/jid.ts'
import type { CommandAction, CommandItem, CommandMove, CommandNote, CommandStep } from '../model/services.ts'
import type { Iq } from './iq.ts'
import { attribute, clip, present } from './stanza.ts'
import { buildSubmit, parseForm } from './xep-0004-data-forms.ts'
import { fetchDiscoItems } from './xep-0030-service-discovery.ts'
import { parseOutOfBand } from './xep-0066-out-of-band.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'http://jabber.org/protocol/commands'

const MAX_COMMANDS = 500
const MAX_NOTES = 50
const MAX_NOTE = 8192
const MAX_SESSION_ID = 1024
/** Some commands work before they answer. */
const TIMEOUT_MS = 60_000

const MOVES: readonly CommandMove[] = ['prev', 'next', 'complete']
const STATUSES = ['executing', 'completed', 'canceled'] as const
const NOTE_KINDS = ['info', 'warn', 'error'] as const

/** The commands that an entity offers us (§2.2). Rejects as Iq.request does. */
export async function fetchCommands(iq: Iq, to: Jid): Promise<CommandItem[]> {
  const { items } = await fetchDiscoItems(iq, to, NS)
  const commands = items.flatMap(({ jid, node, name = '' }) =>
    node === undefined ? [] : [{ jid, node, name }],
  )
  return commands.slice(0, MAX_COMMANDS)
}

export interface CommandRequest {
  readonly to: Jid
  readonly node: string
  readonly action: CommandAction
  /** Of the step before; none begins the command. */
  readonly sessionId?: string | undefined
  readonly answers?: readonly FieldAnswer[] | undefined
  /** For the service's words (§3.7). */
  readonly language?: string | undefined
}

/** Takes a step; undefined when the answer can't be read. Rejects as Iq.request does. */
export async function runCommand(iq: Iq, request: CommandRequest): Promise<CommandStep | undefined> {
  const payload = buildCommand(request)
  const result = await iq.request({ type: 'set', to: request.to, payload, timeoutMs: TIMEOUT_MS })
  const command = result.getChild('command', NS)
  return command === undefined ? undefined : parseCommandStep(command)
}

export function buildCommand({ node, action, sessionId, answers, language }: CommandRequest): Element {
  return xml(
    'command',
    { xmlns: NS, node, action, sessionid: sessionId, 'xml:lang': language },
    ...(answers === undefined ? [] : [buildSubmit(answers)]),
  )
}

/** Reads `<command/>`. One without a known status counts as completed: there is nothing that we could go on with. */
export function parseCommandStep(command: Element): CommandStep {
  const sessionId = attribute(command, 'sessionid')
  const status = STATUSES.find((known) => known === attribute(command, 'status')) ?? 'completed'
  const isSane = sessionId !== undefined && sessionId !== '' && sessionId.length <= MAX_SESSION_ID
  return {
    status,
    ...(isSane ? { sessionId } : {}),
    ...(status === 'executing' ? parseMoves(command) : { moves: [] }),
    notes: command.getChildren('note', NS).slice(0, MAX_NOTES).map(parseNote),
    ...present('form', parseForm(command)),
    ...present('link', parseOutOfBand(command)),
  }
}

/**
 * §3.4: `execute` stands for the move that it names, else for "next". Where that one is not allowed the element is invalid;
 * then the first that leads on is taken, so that nobody is stuck.
 */
function parseMoves(command: Element): Pick<CommandStep, 'moves' | 'defaultMove'> {
  const element = command.getChild('actions', NS)
  if (element === undefined) return { moves: [] }
  const moves = MOVES.filter((move) => element.getChild(move, NS) !== undefined)
  const wanted = attribute(element, 'execute') ?? 'next'
  const defaultMove = moves.find((move) => move === wanted) ?? moves.find((move) => move !== 'prev')
  return { moves, ...present('defaultMove', defaultMove) }
}

function parseNote(element: Element): CommandNote {
  const kind = NOTE_KINDS.find((known) => known === attribute(element, 'type')) ?? 'info'
  return { kind, text: clip(element.getText(), MAX_NOTE) }
}
