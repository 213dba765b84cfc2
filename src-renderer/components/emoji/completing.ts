/** Where a short name such as `:smile:` is being typed. Pure. Never inside code, in addresses or in times such as 10:30:45. */

export interface ShortName {
  /** Without the colons. */
  readonly name: string
  /** Place of the first colon, and behind the last character. */
  readonly start: number
  readonly end: number
  /** The closing colon is there. */
  readonly closed: boolean
}

/** A message is read back this far, which is far beyond any name: however long it is, a key costs the same. */
const LOOK_BACK = 64
/** The colon stands at the start, after white space or an opening sign, or after a script that has no spaces. */
const TYPED =
  /(?:^|[\s([{"'“‘（「『，。！？、]|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Extended_Pictographic}\ufe0f?)(?<name>:[\p{L}\p{N}_+-]+)(?<close>:?)$/u
const LEAST = 2

/** The short name that ends at the caret; undefined where there is none. */
export function shortNameAt(text: string, caret: number): ShortName | undefined {
  const from = Math.max(0, caret - LOOK_BACK)
  const { name, close } = TYPED.exec(text.slice(from, caret))?.groups ?? {}
  if (name === undefined || close === undefined) return undefined
  // What was cut off before may be a part of the name or what forbids it.
  if (from > 0 && name.length + close.length === caret - from) return undefined
  const word = name.slice(1)
  const enough = word.length >= LEAST || /\p{Script=Han}/u.test(word)
  if ((!enough && close === '') || isInCode(text, caret)) return undefined
  return { name: word, start: caret - close.length - name.length, end: caret, closed: close !== '' }
}

/** In a block between fences, or behind an odd number of grave accents of the line. */
function isInCode(text: string, caret: number): boolean {
  const lineStart = text.lastIndexOf('\n', caret - 1) + 1
  const line = text.slice(Math.max(lineStart, caret - MOST_OF_A_LINE), caret)
  if (line.startsWith('```') || (line.split('`').length - 1) % 2 === 1) return true
  let fences = 0
  for (let at = text.indexOf('```'); at >= 0 && at < lineStart; at = text.indexOf('```', at + 3)) {
    if (at === 0 || text[at - 1] === '\n') fences += 1
  }
  return fences % 2 === 1
}

const MOST_OF_A_LINE = 4096
