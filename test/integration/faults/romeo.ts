/** Starts, commands and kills romeo's process (romeo-process.ts), and reads the history that it leaves. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStorage } from '../../../src-main/storage/index.ts'
import { endWithUs } from '../../helpers/end-with-us.ts'
import { labelOf } from './bodies.ts'

export interface RomeoOptions {
  /** The database, kept from one process to the next. */
  readonly file: string
  readonly jid: string
  readonly password: string
  readonly counterpart: string
  readonly port: number
  readonly transport: 'tcp' | 'websocket'
  readonly caFile: string
}

export interface Status {
  /** Labels of what he got, in the order shown. */
  readonly got: readonly string[]
  readonly out: number
  readonly pending: number
}

export type RomeoSays = { readonly phase: string } | { readonly status: Status } | { readonly log: string }

export interface Romeo {
  /** Resolves once it is online, at once when it is. */
  online(): Promise<void>
  /** Resolves once it has noticed a loss, or was online anew since the call. */
  noticed(): Promise<void>
  speak(): void
  /** One long message. */
  shout(): void
  quiet(): void
  status(): Promise<Status>
  quit(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
  /** What it logged and which phases it went through, for a failed test. */
  story(): string
}

const WAIT_MS = 60_000
const script = join(import.meta.dirname, 'romeo-process.ts')

export function startRomeo(options: RomeoOptions): Romeo {
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  endWithUs(child)
  const exited = once(child, 'exit')
  const phases: string[] = []
  const story: string[] = []
  const answers: ((status: Status) => void)[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line) as RomeoSays
    if ('status' in said) return answers.shift()?.(said.status)
    story.push('phase' in said ? said.phase : said.log)
    if ('phase' in said) phases.push(said.phase)
  })
  // A command to a process that was just killed has nobody to go to.
  child.stdin.on('error', () => undefined)
  const command = (line: string): void => void child.stdin.write(`${line}\n`)
  const until = async (holds: () => boolean): Promise<void> => {
    for (const end = Date.now() + WAIT_MS; !holds(); await sleep(5)) {
      if (Date.now() > end) throw new Error(`romeo: waited in vain\n${story.join('\n')}`)
    }
  }
  return {
    online: () => until(() => phases.at(-1) === 'online'),
    noticed: () => {
      const before = phases.length
      return until(() => phases.length > before)
    },
    speak: () => command('speak'),
    shout: () => command('shout'),
    quiet: () => command('quiet'),
    status: () =>
      new Promise((resolve) => {
        answers.push(resolve)
        command('status')
      }),
    quit: async () => {
      command('quit')
      await exited
    },
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
    story: () => story.join('\n'),
  }
}

/** The whole history as it is shown, oldest first: what romeo wrote and what he got. The process must have ended. */
export function readHistory(file: string): { written: string[]; got: string[]; states: string[] } {
  const { storage } = openStorage({ file, now: Date.now })
  const [conversation] = storage.listConversations()
  const { messages } = storage.pageMessages({ conversationId: conversation?.id ?? 0, limit: 100_000 })
  storage.close()
  const of = (wanted: 'in' | 'out') => messages.filter(({ direction }) => direction === wanted)
  return {
    written: of('out').map(({ body }) => labelOf(body)),
    got: of('in').map(({ body }) => labelOf(body)),
    states: [...new Set(of('out').map(({ state }) => state))],
  }
}
