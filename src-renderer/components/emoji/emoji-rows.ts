/** The picker as rows of a grid: what was used last, then every group, or what was searched. Pure, with the walk by keys. */
import { EMOJI_GROUPS, type Emoji, type EmojiBook, type EmojiGroup } from './emoji-book.ts'
import type { Tone } from './emoji-habits.svelte.ts'

export const COLUMNS = 9
const MOST_FOUND = 180

export type Section = EmojiGroup | 'recent' | 'found'

export interface Cell {
  /** Its place among all cells, for the keys. */
  readonly index: number
  readonly emoji: Emoji
  /** As it goes into the message. */
  readonly text: string
}

export type EmojiRow =
  | { readonly kind: 'heading'; readonly key: string; readonly section: Section }
  | {
      readonly kind: 'cells'
      readonly key: string
      readonly section: Section
      readonly cells: readonly Cell[]
    }

export function emojiRows(
  book: EmojiBook,
  options: { readonly query: string; readonly recent: readonly string[]; readonly tone: Tone },
): readonly EmojiRow[] {
  const { query, recent, tone } = options
  const tinted = (emoji: Emoji): string => inTone(emoji, tone)
  if (query.trim() !== '') return rowsOf([['found', book.search(query, MOST_FOUND), tinted]])
  const byText = new Map(
    book.all.flatMap((emoji) => [emoji.text, ...(emoji.tones ?? [])].map((text) => [text, emoji])),
  )
  const used = recent.filter((text) => byText.has(text))
  const groups = EMOJI_GROUPS.map(
    (group) => [group, book.all.filter((emoji) => emoji.group === group), tinted] as const,
  )
  const last = used.map((text) => byText.get(text) as Emoji)
  return rowsOf([['recent', last, (_emoji, at) => used[at] ?? ''], ...groups])
}

export function inTone(emoji: Emoji, tone: Tone): string {
  return tone === 0 ? emoji.text : (emoji.tones?.[tone - 1] ?? emoji.text)
}

type Part = readonly [Section, readonly Emoji[], (emoji: Emoji, at: number) => string]

function rowsOf(parts: readonly Part[]): readonly EmojiRow[] {
  const rows: EmojiRow[] = []
  let index = 0
  for (const [section, all, textOf] of parts) {
    if (all.length > 0 && section !== 'found') rows.push({ kind: 'heading', key: section, section })
    for (let from = 0; from < all.length; from += COLUMNS) {
      const cells = all
        .slice(from, from + COLUMNS)
        .map((emoji, column) => ({ index: index + column, emoji, text: textOf(emoji, from + column) }))
      rows.push({ kind: 'cells', key: `${section} ${from}`, section, cells })
      index += cells.length
    }
  }
  return rows
}

/** Where a key leads from the cell at `index`; undefined when it means nothing to the grid. */
export function walk(rows: readonly EmojiRow[], index: number, key: string): number | undefined {
  const lines = rows.flatMap((row) => (row.kind === 'cells' ? [row.cells] : []))
  const last = lines.at(-1)?.at(-1)?.index ?? -1
  if (last < 0) return undefined
  if (index < 0) return key.startsWith('Arrow') || key.startsWith('Page') ? 0 : undefined
  const line = lines.findIndex((cells) => (cells.at(-1)?.index ?? -1) >= index)
  const column = index - (lines[line]?.[0]?.index ?? 0)
  const inLine = (at: number): number => {
    const cells = lines[Math.max(0, Math.min(at, lines.length - 1))] ?? []
    return cells[Math.min(column, cells.length - 1)]?.index ?? index
  }
  switch (key) {
    case 'ArrowRight':
      return Math.min(index + 1, last)
    case 'ArrowLeft':
      return Math.max(index - 1, 0)
    case 'ArrowDown':
      return inLine(line + 1)
    case 'ArrowUp':
      return inLine(line - 1)
    case 'PageDown':
      return inLine(line + PAGE_ROWS)
    case 'PageUp':
      return inLine(line - PAGE_ROWS)
    default:
      return undefined
  }
}

const PAGE_ROWS = 6
