/** What keys do in the main window: the user's of the table, and those that never change. Pure. */
import { chordOf, chordText, type Keys } from '../stores/shortcuts/chords.ts'
import { actionOf, actionsWith, type ActionName } from '../stores/shortcuts/table.ts'

export type { Keys } from '../stores/shortcuts/chords.ts'

export type Shortcut =
  { readonly name: ActionName | 'escape' } | { readonly name: 'nth'; readonly index: number }

type Changes = Parameters<typeof actionOf>[1]

/** Undefined when the keys mean nothing to the window. Composing text (Chinese, say) is never interrupted. */
export function shortcutOf(event: Keys, platform: string, changes: Changes = {}): Shortcut | undefined {
  if (event.isComposing) return undefined
  // The same key on every system.
  if (event.ctrlKey && event.key === 'Tab') return { name: event.shiftKey ? 'previous' : 'next' }
  const chord = chordOf(event, platform)
  if (chord === 'Escape') return { name: 'escape' }
  const nth = /^Ctrl\+([1-9])$/.exec(chord ?? '')?.[1]
  if (nth !== undefined) return { name: 'nth', index: Number(nth) - 1 }
  const name = actionOf(chord, changes)
  return name && { name }
}

/** The row that a step leads to; undefined when there is nothing to step through. */
export function stepFrom(current: number, by: 1 | -1, length: number): number | undefined {
  if (length === 0) return undefined
  if (current < 0) return by === 1 ? 0 : length - 1
  return Math.min(Math.max(current + by, 0), length - 1)
}

/** The first keys of an action, for the reader; undefined when it has none. */
export function keysFor(name: ActionName, platform: string, changes: Changes): string | undefined {
  const chord = actionsWith(changes).find((action) => action.name === name)?.keys[0]
  return chord === undefined ? undefined : chordText(chord, platform)
}

/** `Ctrl K`, or `⌘ K` on macOS: of keys that never change. */
export function keysText(keys: string, platform: string): string {
  return platform === 'darwin' ? keys.replace('Ctrl', '⌘').replace('Alt', '⌥') : keys
}
