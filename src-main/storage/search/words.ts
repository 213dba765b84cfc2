/**
 * Cuts text into the words that the search index knows. Case, accents and width don't count; scripts that put no spaces
 * between words give one word a character, so that any run of them is found as a phrase.
 */

export interface Word {
  /** As in the index: letters and digits, in one spelling; never ASCII punctuation. */
  readonly token: string
  /** Where it stands in the text, in UTF-16 units. */
  readonly start: number
  readonly end: number
}

// Longer ones (keys, encoded files) are found by their beginning.
const MAX_TOKEN_LENGTH = 40

const ALONE = [
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Bopomofo',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Tibetan',
]
  .map((script) => `\\p{scx=${script}}`)
  .join('')
const LETTERS = String.raw`\p{L}\p{N}\p{M}`
const WORD = new RegExp(
  String.raw`[[${LETTERS}]&&[${ALONE}]]\p{M}*|[[${LETTERS}]--[${ALONE}]]+|\p{Extended_Pictographic}`,
  'gv',
)
const STANDS_ALONE = new RegExp(String.raw`^[${ALONE}\p{Extended_Pictographic}]`, 'v')
const ASCII = /^[\0-\x7f]*$/
// Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, the Arabic stretcher, variation selectors.
const MARK_RANGES = [
  ...['0300-036f', '0591-05c7', '0610-061a', '064b-065f', '0670-0670', '0640-0640', '1ab0-1aff', '1dc0-1dff'],
  ...['20d0-20ff', 'fe00-fe0f', 'fe20-fe2f'],
]
const MARKS = new RegExp(`[${MARK_RANGES.map((range) => range.replace(/\w+/g, '\\u$&')).join('')}]`, 'g')
const PLAIN: Readonly<Record<string, string>> = {
  ...{ ı: 'i', ø: 'o', ł: 'l', đ: 'd', ħ: 'h', ß: 'ss', æ: 'ae', œ: 'oe', ς: 'σ' },
}
const HAS_PLAIN = /[ıøłđħßæœς]/g

/** In the order of the text. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(WORD)) {
    const start = match.index
    const end = start + match[0].length
    for (const token of tokensOf(match[0])) words.push({ token, start, end })
  }
  return words
}

/** Whether a word of this script or kind is never the beginning of a longer one. */
export function standsAlone(token: string): boolean {
  return STANDS_ALONE.test(token)
}

// Most Chinese text is made of few characters.
const folded = new Map<string, readonly string[]>()
const MAX_FOLDED = 20_000

function tokensOf(piece: string): readonly string[] {
  if (ASCII.test(piece)) return [cut(piece.toLowerCase())]
  if (piece.length > 2) return fold(piece)
  const known = folded.get(piece)
  if (known !== undefined) return known
  if (folded.size >= MAX_FOLDED) folded.clear()
  const tokens = fold(piece)
  folded.set(piece, tokens)
  return tokens
}

/** One spelling may be several words: the compatibility form of a square character, a ligature. */
function fold(piece: string): readonly string[] {
  const plain = piece
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(HAS_PLAIN, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFC')
  return (plain.match(WORD) ?? []).map(cut)
}

function cut(token: string): string {
  if (token.length <= MAX_TOKEN_LENGTH) return token
  const end = MAX_TOKEN_LENGTH - (/[\ud800-\udbff]/.test(token[MAX_TOKEN_LENGTH - 1] ?? '') ? 1 : 0)
  return token.slice(0, end)
}
