/**
 * Names as they are shown (attack S16). A name from the network is told as it is, never trimmed and never mended, but what
 * cannot be seen in it is made visible, and what imitates another name is marked. Only for showing: addressing takes the
 * text as it came.
 */
import { imitatesLetters, readDomain } from './lookalikes.ts'

export interface NamePiece {
  /** What to show: the name's own text, or the code of what cannot be seen, as in `U+202E` and `U+200B×3`. */
  readonly text: string
  readonly hidden: boolean
}

/**
 * hidden: characters that cannot be seen or that turn the writing around; padded: spaces at an end, or several in a row;
 * mixed: letters that look like those of another alphabet; domain: a domain that can be taken for another.
 */
export type NameWarning = 'hidden' | 'padded' | 'mixed' | 'domain'

export interface ReadName {
  readonly pieces: readonly NamePiece[]
  readonly warnings: readonly NameWarning[]
  /** The domain of the address in ASCII (punycode), where it can be taken for another. */
  readonly ascii?: string
}

/** Longer ones are cut: no row has room for them, and each hidden character would become many. */
const MOST_SHOWN = 512
const MOST_HIDDEN_RUNS = 8

/** A character cut in two, which would count as hidden. */
const HALF = /[\ud800-\udbff]$/

const PLAIN = /^[!-~]+(?: [!-~]+)*$/

/** Where letters join (Arabic, Syriac, N'Ko, the Indic scripts and their kin) the joiners spell; anywhere else they hide. */
const JOINING =
  '[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Nko}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}]'

/** Invisible characters that belong to what stands before them: emoji, joined letters, variants of Han and Mongolian. */
const SPELLING = [
  '\\p{RGI_Emoji}\\ufe0f?',
  '\\p{Extended_Pictographic}[\\ufe0e\\ufe0f]',
  `${JOINING}[\\u200c\\u200d](?=${JOINING})`,
  '\\p{Script=Han}[\\u{e0100}-\\u{e01ef}]',
  '\\p{Script=Mongolian}[\\u180b-\\u180f]',
].join('|')

const INVISIBLE =
  '[[\\p{Default_Ignorable_Code_Point}\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Zs}\\u2800\\ufffc]--[\\u0020\\u3000]]'
const PADDING = '^[\\u0020\\u3000]+|[\\u0020\\u3000]+$|(?<=[\\u0020\\u3000])[\\u0020\\u3000]+'

// The v flag knows emoji of several code points as one.
const TOKENS = new RegExp(`(?<spelling>${SPELLING})|(?<hidden>${INVISIBLE})|(?<padding>${PADDING})`, 'gv')

/** `address`: the person's, when it is known; its domain may warn too. A name with an @ counts as one. */
export function readName(name: string, address = name.includes('@') ? name : ''): ReadName {
  const ascii = readDomain(address)
  const { pieces, warnings } = PLAIN.test(name) ? { pieces: [visible(name)], warnings: [] } : readPieces(name)
  return {
    pieces,
    warnings: ascii === undefined ? warnings : [...warnings, 'domain'],
    ...(ascii === undefined ? {} : { ascii }),
  }
}

function readPieces(name: string): Pick<ReadName, 'pieces' | 'warnings'> {
  const shown = name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN).replace(HALF, '')}…` : name
  const pieces: NamePiece[] = []
  const warnings = new Set<NameWarning>()
  let plainFrom = 0
  for (const match of shown.matchAll(TOKENS)) {
    const { hidden, padding } = match.groups ?? {}
    const odd = hidden ?? padding
    if (odd === undefined) continue
    if (match.index > plainFrom) pieces.push(visible(shown.slice(plainFrom, match.index)))
    plainFrom = match.index + odd.length
    warnings.add(hidden === undefined ? 'padded' : 'hidden')
    for (const char of odd) addHidden(pieces, char)
  }
  if (plainFrom < shown.length) pieces.push(visible(shown.slice(plainFrom)))
  if (imitatesLetters(shown)) warnings.add('mixed')
  return { pieces, warnings: [...warnings] }
}

function visible(text: string): NamePiece {
  return { text, hidden: false }
}

/** A run of one character is one piece; what hides in too many places is not told in full. */
function addHidden(pieces: NamePiece[], char: string): void {
  const code = `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  const last = pieces.at(-1)
  const [known, count = '1'] = last?.hidden === true ? last.text.split('×') : []
  if (known === code) pieces.splice(-1, 1, { text: `${code}×${Number(count) + 1}`, hidden: true })
  else if (pieces.filter(({ hidden }) => hidden).length < MOST_HIDDEN_RUNS) {
    pieces.push({ text: code, hidden: true })
  } else if (known !== '…') pieces.push({ text: '…', hidden: true })
}

/** For where only text can stand: titles, menus, notifications, sentences. */
const MARK = '⚠ '
/** First strong isolate, and its end: a name that runs from right to left must not turn the sentence around it. */
const [ISOLATE, END] = ['\u2068', '\u2069']
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\ufb1d-\ufdff\ufe70-\ufefc]/u

/**
 * As text alone: hidden characters in brackets, a mark before what warns, the ASCII of a misleading domain after it. Made
 * from its own result it stays as it is.
 */
export function plainName(name: string): string {
  if (PLAIN.test(name)) return name
  const inner = name.startsWith(ISOLATE) && name.endsWith(END) ? name.slice(1, -1) : name
  const isMarked = inner.startsWith(MARK)
  const { pieces, warnings, ascii } = readName(isMarked ? inner.slice(MARK.length) : inner)
  const text = pieces.map((piece) => (piece.hidden ? `[${piece.text}]` : piece.text)).join('')
  const told = ascii === undefined ? text : `${text} (${ascii})`
  const marked = isMarked || warnings.length > 0 ? MARK + told : told
  return RIGHT_TO_LEFT.test(marked) ? ISOLATE + marked + END : marked
}
