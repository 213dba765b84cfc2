/** What keys mean in the log. */

export type LogKey =
  /** To the message before or after; `extend`: selecting all between. */
  | { readonly kind: 'walk'; readonly step: 1 | -1; readonly extend: boolean }
  | { readonly kind: 'menu' | 'leave' }

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>

/** Undefined: none of the log's own. Arrows walk alone, with Shift, and with Ctrl as they do from the composer. */
export function logKey(event: Keys): LogKey | undefined {
  if (event.altKey || event.metaKey) return undefined
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined
  if (step !== undefined) return { kind: 'walk', step, extend: event.shiftKey && !event.ctrlKey }
  if (event.ctrlKey || event.shiftKey) return undefined
  if (event.key === 'Enter') return { kind: 'menu' }
  return event.key === 'Escape' ? { kind: 'leave' } : undefined
}
