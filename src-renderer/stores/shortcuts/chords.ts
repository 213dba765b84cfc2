/** Keys that are pressed together, as text: `Ctrl+Shift+F`. `Ctrl` means the command key on macOS. Pure. */

export type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>

const MODIFIERS = new Set([
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'Fn',
  'Dead',
  'Process',
])

/**
 * What was pressed; undefined for a modifier alone, while text is composed (Chinese, say), and for keys that write: AltGr is
 * Ctrl and Alt. Where Shift only makes another sign of the key, that sign counts alone: `/` is Shift and 7 on some keyboards.
 */
export function chordOf(event: Keys, platform: string): string | undefined {
  if (event.isComposing || MODIFIERS.has(event.key)) return undefined
  const isMac = platform === 'darwin'
  const command = isMac ? event.metaKey : event.ctrlKey
  if (command && event.altKey && !isMac) return undefined
  if (isMac ? event.ctrlKey : event.metaKey) return undefined
  const key = nameOf(event.key)
  const isSign = [...key].length === 1 && key.toLowerCase() === key.toUpperCase()
  return [
    ...(command ? ['Ctrl'] : []),
    ...(event.altKey ? ['Alt'] : []),
    ...(event.shiftKey && !isSign ? ['Shift'] : []),
    key,
  ].join('+')
}

/** A key on its own, or one that only Shift goes with, writes: only the keys F1 to F24 may stand alone. */
export function isUsable(chord: string): boolean {
  return /^(Ctrl|Alt)\+/.test(chord) || /^(Shift\+)?F\d{1,2}$/.test(chord)
}

/** For the reader: `Ctrl Shift F`, `⌘ ⇧ F` on macOS. */
export function chordText(chord: string, platform: string): string {
  const isMac = platform === 'darwin'
  return parts(chord)
    .map((part) => (isMac ? MAC_NAMES[part] : undefined) ?? KEY_SIGNS[part] ?? part)
    .join(' ')
}

const MAC_NAMES: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' }
const KEY_SIGNS: Readonly<Record<string, string>> = {
  ...{ ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' },
  ...{ PageUp: 'Page Up', PageDown: 'Page Down', Escape: 'Esc' },
}

/** The key itself may be `+`. */
function parts(chord: string): string[] {
  return chord.endsWith('++') ? [...chord.slice(0, -2).split('+'), '+'] : chord.split('+')
}

function nameOf(key: string): string {
  if (key === ' ') return 'Space'
  return [...key].length === 1 ? key.toUpperCase() : key
}
