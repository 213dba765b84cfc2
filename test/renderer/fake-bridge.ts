/** A bridge without a main process: answers from a table, remembers what was asked, pushes events with growing numbers. */
import type { Bridge, Reply } from '../../src-main/contract/bridge.ts'
import type { CommandInput, CommandName, CommandOutput } from '../../src-main/contract/commands.ts'
import type { UserErrorData } from '../../src-main/contract/errors.ts'
import type { AppEvent, EventBatch } from '../../src-main/contract/events.ts'
import type { Snapshot } from '../../src-main/contract/snapshot.ts'
import type { AppEventName, AppEvents } from '../../src-main/model/events.ts'
import { makeSnapshot } from './make.ts'

type Answers = {
  [N in CommandName]?: (input: CommandInput<N>) => CommandOutput<N> | Promise<CommandOutput<N>>
}

/** Thrown by an answer, it becomes the reply's error. */
export class Refusal extends Error {
  constructor(readonly data: UserErrorData) {
    super(data.code)
  }
}

export interface FakeBridge extends Bridge {
  /** Each command so far, in order. */
  readonly asked: readonly { readonly name: CommandName; readonly input: unknown }[]
  inputsOf<N extends CommandName>(name: N): readonly CommandInput<N>[]
  push<N extends AppEventName>(name: N, payload: AppEvents[N]): void
  pushBatch(batch: EventBatch): void
  readonly listeners: number
}

/** Commands without an answer in the table answer undefined; `app.snapshot` answers `snapshot`. */
export function createFakeBridge(snapshot: Partial<Snapshot> = {}, answers: Answers = {}): FakeBridge {
  const asked: { name: CommandName; input: unknown }[] = []
  const listeners = new Set<(batch: EventBatch) => void>()
  const state = makeSnapshot(snapshot)
  let seq = state.seq
  const pushBatch = (batch: EventBatch): void => {
    for (const listener of listeners) listener(batch)
  }
  return {
    asked,
    inputsOf: <N extends CommandName>(name: N) =>
      asked.filter((one) => one.name === name).map((one) => one.input as CommandInput<N>),
    get listeners() {
      return listeners.size
    },
    async invoke<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Reply<N>> {
      asked.push({ name, input })
      const answer = answers[name]
      try {
        const value = answer === undefined && name === 'app.snapshot' ? state : await answer?.(input)
        return { ok: true, value: structuredClone(value) as CommandOutput<N> }
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, error: error.data }
        throw error
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    push(name, payload) {
      seq += 1
      pushBatch([structuredClone({ seq, name, payload }) as AppEvent])
    },
    pushBatch,
  }
}
