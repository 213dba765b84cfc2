/** What parts of a message need of the log that they stand in. Without a log around (a letter, the gallery) they do without. */
import { getContext, setContext } from 'svelte'
import { SvelteSet } from 'svelte/reactivity'
import type { Message } from '../../../src-main/model/message.ts'

export interface LogContext {
  /** A message that is loaded, as it reads now. */
  readonly find: (messageId: number) => Message | undefined
  /** Absent where there is nowhere to go. */
  readonly jump?: ((messageId: number) => void) | undefined
  /** Has the message that this one answers loaded from the archive; answers its id, undefined when it is not there. */
  readonly fetchOriginal?: ((messageId: number) => Promise<number | undefined>) | undefined
  /** Hidden messages that the reader opened, as long as this visit lasts. */
  readonly opened: SvelteSet<number>
}

const KEY = Symbol('log')

/** Call once at the top of the log. */
export function provideLog(log: Omit<LogContext, 'opened'>): void {
  setContext<LogContext>(KEY, { ...log, opened: new SvelteSet() })
}

export function useLog(): LogContext {
  const log = getContext<LogContext | undefined>(KEY)
  return log ?? { find: () => undefined, opened: new SvelteSet() }
}
