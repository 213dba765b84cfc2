/** One of two who talk, in a process of its own, so that it can be killed and go on from what it has on the disk. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import Database from 'better-sqlite3'
import type { Told } from './person-process.ts'
import type { History, Person, PersonOptions } from './person.ts'

export interface Mortal extends Person {
  /** kill -9, and a new start at once. */
  die(): void
}

/** `program`: see program.ts. */
export function createMortal(program: string, options: PersonOptions): Mortal {
  const story: string[] = []
  let isLeaving = false
  let child = start()

  function start(): ChildProcess {
    const started = fork(program, [JSON.stringify(options)])
    started.on('message', (line: string) => void story.push(line))
    started.on('error', (error) => void story.push(String(error)))
    started.on('exit', (code, signal) => {
      story.push(`ended: ${signal ?? code}`)
      if (!isLeaving) child = start()
    })
    return started
  }
  /** Words to one who was just killed are not said. */
  const command = (told: Told): void => {
    if (child.connected) child.send(told, () => undefined)
  }
  return {
    story,
    say: (say) => command({ say }),
    history: () => toHistory(readRows(options.file)),
    die() {
      if (!isLeaving) child.kill('SIGKILL')
    },
    async leave() {
      isLeaving = true
      const ended = once(child, 'exit')
      command({})
      await ended
    },
  }
}

interface Row {
  readonly direction: 'in' | 'out'
  readonly body: string
  readonly state: string
}

/** By a connection of its own each time: a Linnet that starts relies on there being no other. */
function readRows(file: string): Row[] {
  const database = new Database(file, { readonly: true })
  const rows = database
    .prepare<[], Row>('SELECT direction, body, state FROM message ORDER BY place, id')
    .all()
  database.close()
  return rows
}

function toHistory(rows: readonly Row[]): History {
  const of = (wanted: Row['direction']) => rows.filter(({ direction }) => direction === wanted)
  return {
    said: of('out').map(({ body }) => body),
    heard: of('in').map(({ body }) => body),
    states: of('out').map(({ state }) => state),
  }
}
