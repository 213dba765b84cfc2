/**
 * The diagnostics report: what helps to find a fault, in a text that its user reads before anybody else does. Never secrets,
 * messages or names; addresses only when they are wished for. Pure.
 */
import type { AppState } from '../../contract/snapshot.ts'
import type { Environment } from '../../contract/snapshot.ts'
import type { Versions } from '../../model/about.ts'

export interface ReportSource {
  readonly state: Pick<AppState, 'accounts' | 'connections' | 'settings' | 'preferences'> & {
    readonly contacts: readonly unknown[]
    readonly conversations: readonly unknown[]
    readonly rooms: readonly unknown[]
  }
  readonly environment: Environment
  readonly versions: Versions
  /** The system with its version. */
  readonly system: string
  /** Its end; the log has no addresses and no words (redact.ts). */
  readonly log: string
  readonly addresses: boolean
}

const MAX_LOG_LINES = 200
const ADDRESS = /[^\s"'<>()[\]{},;:=/@]+@[^\s"'<>()[\]{},;:=@]+/gu

export function writeReport(source: ReportSource): string {
  const { state, environment, versions, system, log, addresses } = source
  const { linnet, electron, chromium, node } = versions
  const lines = [
    '# Linnet',
    ...fields({ linnet, electron, chromium, node, system, ...environment }),
    '',
    '# Accounts',
    ...state.accounts.flatMap((account, index) => accountLines(source, account, index)),
    '',
    '# Counts',
    ...fields({
      contacts: state.contacts.length,
      conversations: state.conversations.length,
      rooms: state.rooms.length,
    }),
    '',
    '# Settings',
    ...fields({ ...state.settings }),
    ...fields({ ...state.preferences }),
    '',
    '# Log',
    ...log.trimEnd().split('\n').slice(-MAX_LOG_LINES),
  ]
  const text = `${lines.join('\n')}\n`
  // The second fence: whatever a field or a line may hold.
  return addresses ? text : text.replace(ADDRESS, '(address)')
}

function accountLines(
  { state, addresses }: ReportSource,
  { id, jid, enabled, security }: ReportSource['state']['accounts'][number],
  index: number,
): string[] {
  const connection = state.connections.find(({ accountId }) => accountId === id)?.state
  const online =
    connection?.phase === 'online'
      ? { tls: connection.tls, mechanism: connection.mechanism, transport: connection.transport }
      : {}
  const problem = connection !== undefined && 'problem' in connection ? connection.problem.code : 'none'
  return [
    `account ${index + 1}: ${addresses ? jid : '(address)'}`,
    ...fields({ enabled, security, phase: connection?.phase ?? 'none', problem, ...online }).map(
      (line) => `  ${line}`,
    ),
  ]
}

function fields(all: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(all).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
}
