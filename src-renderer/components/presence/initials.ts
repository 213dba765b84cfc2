/** The letters that stand for a person where there is no picture. */

const words = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const SPEAKS = /[\p{L}\p{N}]|\p{Extended_Pictographic}|\p{Regional_Indicator}/u
/** Scripts whose single sign says enough, and whose letters join or would stand too close as a pair. */
const ONE_IS_ENOUGH =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}]|\p{Extended_Pictographic}|\p{Regional_Indicator}/u

/**
 * One or two graphemes of a name: of its first and last word. What is neither letter, digit nor emoji (invisible and bidi
 * characters included) is passed over; of an address only the local part counts. '?' when nothing is left.
 */
export function initialsOf(name: string): string {
  const parts = name
    .slice(0, 256)
    .replace(/^([^\s@]+)@\S+$/, '$1')
    .split(/[\s._-]+/u)
    .map(firstSpeaking)
    .filter((part) => part !== undefined)
  const [first] = parts
  if (first === undefined) return '?'
  const last = parts.length > 1 ? (parts.at(-1) ?? '') : ''
  const pair = ONE_IS_ENOUGH.test(first) || ONE_IS_ENOUGH.test(last) ? first : first + last
  return pair.toLocaleUpperCase()
}

function firstSpeaking(word: string): string | undefined {
  for (const { segment } of words.segment(word)) {
    if (SPEAKS.test(segment)) return segment.replace(/[\p{Cf}\p{Cc}]/gu, keepJoiner)
  }
  return undefined
}

/** U+200D holds family emoji together; every other invisible character goes. */
function keepJoiner(char: string): string {
  return char === '\u200d' ? char : ''
}
