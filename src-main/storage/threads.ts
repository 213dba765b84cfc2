/** Columns `thread` and `thread_parent`. */
import type { Thread } from '../model/message.ts'

export interface ThreadColumns {
  readonly thread: string | null
  readonly thread_parent: string | null
}

/** `{ thread }`, or nothing. */
export function threadOf({ thread, thread_parent: parent }: ThreadColumns): { readonly thread?: Thread } {
  if (thread === null) return {}
  return { thread: { id: thread, ...(parent === null ? {} : { parent }) } }
}
