/** Which keys do what in the main window, for the handler and for the list that the user can open. Pure. */
import type { TextKey } from '../../src-main/text/text.ts'

export type Shortcut =
  | { readonly name: 'switcher' | 'add' | 'settings' | 'help' | 'contact-page' | 'escape' }
  | { readonly name: 'step'; readonly by: 1 | -1 }
  | { readonly name: 'nth'; readonly index: number }
  | { readonly name: 'pane'; readonly by: 1 | -1 }

export type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>

/** Undefined when the keys mean nothing to the window. Composing text (Chinese, say) is never interrupted. */
export function shortcutOf(event: Keys, platform: string): Shortcut | undefined {
  if (event.isComposing) return undefined
  const command = platform === 'darwin' ? event.metaKey : event.ctrlKey
  const by = event.shiftKey ? -1 : 1
  if (event.ctrlKey && event.key === 'Tab') return { name: 'step', by }
  if (command && !event.altKey) return withCommand(event.key.toLowerCase())
  if (event.altKey && !command && event.key === 'ArrowUp') return { name: 'step', by: -1 }
  if (event.altKey && !command && event.key === 'ArrowDown') return { name: 'step', by: 1 }
  if (event.key === 'F6') return { name: 'pane', by }
  if (event.key === 'Escape') return { name: 'escape' }
  return undefined
}

function withCommand(key: string): Shortcut | undefined {
  if (/^[1-9]$/.test(key)) return { name: 'nth', index: Number(key) - 1 }
  switch (key) {
    case 'k':
      return { name: 'switcher' }
    case 'n':
      return { name: 'add' }
    case 'i':
      return { name: 'contact-page' }
    case ',':
      return { name: 'settings' }
    case '/':
      return { name: 'help' }
    case 'pagedown':
      return { name: 'step', by: 1 }
    case 'pageup':
      return { name: 'step', by: -1 }
    default:
      return undefined
  }
}

/** The row that a step leads to; undefined when there is nothing to step through. */
export function stepFrom(current: number, by: 1 | -1, length: number): number | undefined {
  if (length === 0) return undefined
  if (current < 0) return by === 1 ? 0 : length - 1
  return Math.min(Math.max(current + by, 0), length - 1)
}

/** `Ctrl K`, or `⌘ K` on macOS. */
export function keysText(keys: string, platform: string): string {
  return platform === 'darwin' ? keys.replace('Ctrl', '⌘').replace('Alt', '⌥') : keys
}

export const SHORTCUT_LIST: readonly { readonly keys: string; readonly text: TextKey }[] = [
  { keys: 'Ctrl K', text: 'main.shortcutSwitcher' },
  { keys: 'Ctrl N', text: 'main.shortcutAdd' },
  { keys: 'Ctrl I', text: 'people.shortcut' },
  { keys: 'Alt ↑', text: 'main.shortcutPrevious' },
  { keys: 'Alt ↓', text: 'main.shortcutNext' },
  { keys: 'Ctrl 1 – 9', text: 'main.shortcutNth' },
  { keys: 'F6', text: 'main.shortcutPane' },
  { keys: 'Esc', text: 'main.shortcutClose' },
  { keys: 'Enter', text: 'main.shortcutSend' },
  { keys: 'Shift Enter', text: 'main.shortcutLine' },
  { keys: 'Ctrl E', text: 'emoji.shortcut' },
  { keys: 'Ctrl Shift X', text: 'console.title' },
  { keys: 'Ctrl ,', text: 'main.shortcutSettings' },
  { keys: 'Ctrl /', text: 'main.shortcutHelp' },
]
