/** The one object that preload exposes to the renderer as `window.bridge`. */
import type { CommandInput, CommandName, CommandOutput } from './commands.ts'
import type { UserErrorData } from './errors.ts'
import type { EventBatch } from './events.ts'

/** Error classes do not survive the process boundary, so an answer is always a value. */
export type Reply<N extends CommandName> =
  | { readonly ok: true; readonly value: CommandOutput<N> }
  | { readonly ok: false; readonly error: UserErrorData }

export interface Bridge {
  invoke<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Reply<N>>
  /** Returns its own unsubscribe. */
  subscribe(listener: (batch: EventBatch) => void): () => void
}
