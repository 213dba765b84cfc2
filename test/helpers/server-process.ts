/** A server program that a test runs: started, waited for until it listens, ended by its own process id. */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { endWithUs } from './end-with-us.ts'

export interface ServerProcess {
  start(): Promise<void>
  /** In order; by force when that takes longer than five seconds. */
  stop(): Promise<void>
  kill(): Promise<void>
}

export interface ServerProgram {
  readonly command: readonly string[]
  readonly options: SpawnOptions
  /** It is ready when it listens on all of these, on loopback. */
  readonly ports: readonly number[]
  /** What it wrote elsewhere, for the report of a failed start. */
  log(): string
}

/** A moment, on a machine that has nothing else to do. */
const START_MS = 60_000
const STOP_MS = 5000

export function createServerProcess({ command, options, ports, log }: ServerProgram): ServerProcess {
  const [program = '', ...args] = command
  let child: ChildProcess | undefined

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child?.once('exit', resolve))
    child.kill(signal)
    await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false })])
    child.kill('SIGKILL')
  }

  return {
    async start() {
      let said = ''
      const started = spawn(program, args, { ...options, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
      for (const stream of [started.stdout, started.stderr])
        stream.on('data', (data) => (said += String(data)))
      child = started
      endWithUs(started)
      const check = (): void => {
        if (started.exitCode !== null)
          throw new Error(`${command.join(' ')} ended with ${started.exitCode}: ${said}\n${log()}`)
      }
      for (const port of ports) await untilListening(port, check)
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

async function untilListening(port: number, check: () => void): Promise<void> {
  for (const end = Date.now() + START_MS; ; await sleep(30)) {
    check()
    if (await canConnect(port)) return
    if (Date.now() > end) throw new Error(`nobody listens on ${port}`)
  }
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => (socket.destroy(), resolve(true)))
    socket.once('error', () => resolve(false))
  })
}
