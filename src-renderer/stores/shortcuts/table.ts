/** Every action of the window and its keys: for the handler, the sheet that lists them and the page that changes them. Pure. */
import type { TextKey } from '../../../src-main/text/text.ts'
import { isUsable } from './chords.ts'

interface Entry {
  readonly text: TextKey
  /** What it begins with; none: only when the user gives it one. */
  readonly keys: readonly string[]
}

const TABLE = {
  switcher: { text: 'main.shortcutSwitcher', keys: ['Ctrl+K'] },
  previous: { text: 'main.shortcutPrevious', keys: ['Alt+ArrowUp', 'Ctrl+PageUp'] },
  next: { text: 'main.shortcutNext', keys: ['Alt+ArrowDown', 'Ctrl+PageDown'] },
  add: { text: 'main.shortcutAdd', keys: ['Ctrl+N'] },
  invite: { text: 'invites.shortcut', keys: [] },
  'join-room': { text: 'rooms.joinTitle', keys: ['Ctrl+Shift+J'] },
  'new-room': { text: 'rooms.newMenu', keys: [] },
  compose: { text: 'shortcuts.compose', keys: [] },
  status: { text: 'shortcuts.status', keys: [] },
  'contact-page': { text: 'people.shortcut', keys: ['Ctrl+I'] },
  find: { text: 'search.shortcutHere', keys: ['Ctrl+F'] },
  search: { text: 'search.shortcutAll', keys: ['Ctrl+Shift+F'] },
  'show-chats': { text: 'shortcuts.showChats', keys: [] },
  'show-contacts': { text: 'shortcuts.showContacts', keys: [] },
  'show-inbox': { text: 'shortcuts.showInbox', keys: [] },
  'show-notices': { text: 'shortcuts.showNotices', keys: [] },
  'show-services': { text: 'shortcuts.showServices', keys: [] },
  'next-pane': { text: 'main.shortcutPane', keys: ['F6'] },
  'previous-pane': { text: 'shortcuts.previousPane', keys: ['Shift+F6'] },
  settings: { text: 'main.shortcutSettings', keys: ['Ctrl+,'] },
  help: { text: 'main.shortcutHelp', keys: ['Ctrl+/', 'F1'] },
} as const satisfies Readonly<Record<string, Entry>>

export type ActionName = keyof typeof TABLE

export interface Action {
  readonly name: ActionName
  readonly text: TextKey
  readonly keys: readonly string[]
  /** Not what it began with. */
  readonly changed: boolean
}

/** Those that belong to where the focus is, or to the system: they stay as they are. */
export const FIXED: readonly { readonly keys: string; readonly text: TextKey }[] = [
  { keys: 'Ctrl+1 – 9', text: 'main.shortcutNth' },
  { keys: 'Escape', text: 'main.shortcutClose' },
  { keys: 'Enter', text: 'main.shortcutSend' },
  { keys: 'Shift+Enter', text: 'main.shortcutLine' },
  { keys: 'Ctrl+ArrowUp', text: 'chats.shortcutChoose' },
  { keys: 'Space', text: 'chats.shortcutSelect' },
  { keys: 'Ctrl+E', text: 'emoji.shortcut' },
  { keys: 'Ctrl+Shift+X', text: 'console.title' },
]

/** What writes, edits or moves in text, what the menus have, and what stands in FIXED. */
const RESERVED = new Set([
  ...['A', 'C', 'V', 'X', 'Y', 'Z', 'Shift+Z', 'Shift+V', 'Q', 'W', 'M', 'E', 'Shift+X'].map(
    (key) => `Ctrl+${key}`,
  ),
  ...['+', '-', '=', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'].map((key) => `Ctrl+${key}`),
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'Backspace', 'Delete'].flatMap(
    (key) => [`Ctrl+${key}`, `Ctrl+Shift+${key}`],
  ),
  ...['Ctrl+Tab', 'Ctrl+Shift+Tab', 'Ctrl+Enter', 'Alt+Enter', 'Alt+Tab', 'Alt+F4', 'F11', 'F12'],
])

type Changes = Readonly<Record<string, readonly string[]>>

const entries = Object.entries(TABLE) as [ActionName, Entry][]

export const ACTION_NAMES: readonly ActionName[] = entries.map(([name]) => name)

export function usualKeys(name: ActionName): readonly string[] {
  return TABLE[name].keys
}

/** In the order of the table. `changes`: the user's, of actions that may no longer exist. */
export function actionsWith(changes: Changes): readonly Action[] {
  return entries.map(([name, { text, keys }]) => {
    const own = changes[name]
    return { name, text, keys: own ?? keys, changed: own !== undefined }
  })
}

/** What the keys do; the first of the table where two have the same. */
export function actionOf(chord: string | undefined, changes: Changes): ActionName | undefined {
  if (chord === undefined) return undefined
  return actionsWith(changes).find(({ keys }) => keys.includes(chord))?.name
}

export type Conflict =
  { readonly kind: 'writes' | 'reserved' } | { readonly kind: 'taken'; readonly by: Action }

/** Why an action can't have these keys; undefined when it can. */
export function conflictOf(chord: string, name: ActionName, changes: Changes): Conflict | undefined {
  if (!isUsable(chord)) return { kind: 'writes' }
  if (RESERVED.has(chord)) return { kind: 'reserved' }
  const by = actionsWith(changes).find((one) => one.name !== name && one.keys.includes(chord))
  return by && { kind: 'taken', by }
}

/** The changes with one more; what is as it began is none. */
export function withKeys(
  changes: Changes,
  name: ActionName,
  keys: readonly string[],
): Record<string, string[]> {
  const others = Object.entries(changes).filter(([other]) => other !== name)
  const usual = usualKeys(name)
  const isUsual = keys.length === usual.length && keys.every((key, index) => key === usual[index])
  const all = isUsual ? others : [...others, [name, keys] as const]
  return Object.fromEntries(all.map(([each, own]) => [each, [...own]]))
}
