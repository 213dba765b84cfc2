/** The emoji that are offered first: what was used last, then what most people use. */

const USUAL = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const

export function quickEmoji(recent: readonly string[]): readonly string[] {
  const usual = USUAL.slice(0, 3)
  return [...new Set([...usual, ...recent, ...USUAL])].slice(0, USUAL.length)
}
