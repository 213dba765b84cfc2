/** Every emoji that this runtime can draw, with its names in both languages: searching and completing. Pure. */
import { folded } from '../../stores/folded.ts'

export interface Emoji {
  readonly text: string
  readonly group: EmojiGroup
  readonly label: Readonly<Record<'en' | 'zh-CN', string>>
  /** Short names without their colons, the most common first. */
  readonly names: readonly string[]
  /** With a skin tone, from light to dark; absent where there is nothing to tint. */
  readonly tones?: readonly string[]
}

/** By the groups of Unicode; those left out are parts of emoji. */
export const EMOJI_GROUPS = [
  'smileys',
  'people',
  'nature',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const
export type EmojiGroup = (typeof EMOJI_GROUPS)[number]

export interface EmojiBook {
  /** In the order of Unicode. */
  readonly all: readonly Emoji[]
  /** By short name; the colons are not part of it. */
  find(name: string): Emoji | undefined
  /** The best first. An empty query finds nothing. */
  search(query: string, limit: number): readonly Emoji[]
}

/** As emojibase writes one. */
export interface RawEmoji {
  readonly hexcode: string
  readonly unicode: string
  readonly label: string
  readonly group?: number
  readonly order?: number
  readonly tags?: readonly string[]
  readonly skins?: readonly { readonly unicode: string }[]
}
export type RawNames = Readonly<Record<string, string | readonly string[] | undefined>>

/** The groups of emojibase by their numbers; 2 is parts of emoji. */
const GROUP_OF: Readonly<Record<number, EmojiGroup>> = {
  0: 'smileys',
  1: 'people',
  3: 'nature',
  4: 'food',
  5: 'travel',
  6: 'activities',
  7: 'objects',
  8: 'symbols',
  9: 'flags',
}

// The v flag knows emoji of several code points as one. What this runtime's Unicode does not know, it cannot draw.
const EMOJI = new RegExp('^\\p{RGI_Emoji}$', 'v')
const FIVE_TONES = 5

interface Entry {
  readonly emoji: Emoji
  /** What is searched, made equal for searching at the first search: that is half of the work. */
  readonly words: () => { readonly labels: readonly string[]; readonly tags: readonly string[] }
}

/** `names`: several sources, the preferred first. */
export function createEmojiBook(
  english: readonly RawEmoji[],
  chinese: readonly RawEmoji[],
  names: readonly RawNames[],
): EmojiBook {
  const inChinese = new Map(chinese.map((raw) => [raw.hexcode, raw]))
  const entries = [...english]
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .flatMap((raw) => toEntry(raw, inChinese.get(raw.hexcode), namesOf(raw.hexcode, names)) ?? [])
  const byName = new Map<string, Emoji>()
  for (const { emoji } of entries) {
    for (const name of emoji.names) if (!byName.has(name)) byName.set(name, emoji)
  }
  return {
    all: entries.map(({ emoji }) => emoji),
    find: (name) => byName.get(name.toLowerCase()),
    search: (query, limit) => search(entries, folded(query.replaceAll(':', '')), limit),
  }
}

function toEntry(raw: RawEmoji, chinese: RawEmoji | undefined, names: readonly string[]): Entry | undefined {
  const text = drawable(raw.unicode)
  const group = GROUP_OF[raw.group ?? -1]
  if (text === undefined || group === undefined) return undefined
  const tones = raw.skins?.slice(0, FIVE_TONES).map(({ unicode }) => unicode)
  const label = { en: raw.label, 'zh-CN': chinese?.label ?? raw.label }
  const emoji = { text, group, label, names, ...(tones?.length === FIVE_TONES ? { tones } : {}) }
  let words: ReturnType<Entry['words']> | undefined
  const fold = (): ReturnType<Entry['words']> => ({
    labels: [folded(label.en), folded(label['zh-CN'])],
    tags: [...(raw.tags ?? []), ...(chinese?.tags ?? [])].map(folded),
  })
  return { emoji, words: () => (words ??= fold()) }
}

/** Some are listed with a selector that their sequence does not need. */
function drawable(text: string): string | undefined {
  return [text, text.replace(/\ufe0f$/, '')].find((one) => EMOJI.test(one))
}

function namesOf(hexcode: string, sources: readonly RawNames[]): readonly string[] {
  return [...new Set(sources.flatMap((source) => source[hexcode] ?? []))]
}

function search(entries: readonly Entry[], wanted: string, limit: number): readonly Emoji[] {
  if (wanted === '') return []
  return entries
    .map((entry) => ({ emoji: entry.emoji, fit: fitOf(entry, wanted) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .slice(0, limit)
    .map(({ emoji }) => emoji)
}

/** 0: not at all. Equal fits keep the order of Unicode. */
function fitOf({ emoji, words }: Entry, query: string): number {
  const { labels, tags } = words()
  const asName = query.replace(/[\s-]+/g, '_')
  const wanted = query.replaceAll('_', ' ')
  if (emoji.names.includes(query) || emoji.names.includes(asName)) return 7
  if (labels.includes(wanted)) return 6
  if (emoji.names.some((name) => name.startsWith(asName))) return 5
  if (labels.some((label) => label.startsWith(wanted))) return 4
  if (tags.includes(wanted)) return 3
  if (
    emoji.names.some((name) => name.includes(`_${asName}`)) ||
    labels.some((label) => label.includes(wanted))
  )
    return 2
  return tags.some((tag) => tag.startsWith(wanted)) ? 1 : 0
}
