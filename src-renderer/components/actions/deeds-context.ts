/** What parts of a message need to do something with it. Without a log around (a letter, the gallery) they only show. */
import { getContext, setContext } from 'svelte'
import type { Version } from '../../../src-main/model/actions.ts'
import type { Message } from '../../../src-main/model/message.ts'

/** What the window can do. */
export interface DeedActions {
  readonly retract: (messageId: number) => void
  readonly react: (messageId: number, emoji: string, chosen: boolean) => void
  /** Removes them on this computer alone. */
  readonly forget: (messageIds: readonly number[]) => void
  /** Rejects when it fails. */
  readonly versions: (messageId: number) => Promise<readonly Version[]>
  readonly retryDeeds: (messageId: number) => void
  readonly dropDeeds: (messageId: number) => void
}

export type DeedContext = Pick<DeedActions, 'react' | 'retryDeeds' | 'dropDeeds'> & {
  readonly showVersions: (message: Message) => void
  /** Our own address. */
  readonly own: () => string | undefined
}

const KEY = Symbol('deeds')

/** Call once at the top of the log. */
export function provideDeeds(deeds: DeedContext): void {
  setContext(KEY, deeds)
}

export function useDeeds(): DeedContext | undefined {
  return getContext<DeedContext | undefined>(KEY)
}
