/** What the user typed, as the index is asked for it and as a text is compared with it. */
import { standsAlone, wordsOf, type Word } from './words.ts'

/** Words that follow each other. */
export interface Term {
  readonly tokens: readonly string[]
  /** The last one may go on. */
  readonly prefix: boolean
}

export interface Range {
  readonly start: number
  readonly end: number
}

// More than anybody types, few enough for one statement.
const MAX_TERMS = 16
const MAX_TOKENS = 64
// A single letter stands for itself: as a beginning it is in nearly every message.
const MIN_PREFIX_LENGTH = 2
// Private use: no word of a text has it.
const CONVERSATION_MARK = '\ue000'

/**
 * All terms must be found: what is quoted word by word as it stands, what is not as the beginning of a word. Empty when
 * there is no word in it.
 */
export function parseQuery(text: string): readonly Term[] {
  const terms: Term[] = []
  let left = MAX_TOKENS
  for (const [chunk, quoted] of text.matchAll(/["“”]([^"“”]*)["“”]?|[^\s"“”]+/g)) {
    const tokens = wordsOf(quoted ?? chunk)
      .map(({ token }) => token)
      .slice(0, left)
    const last = tokens.at(-1)
    if (last === undefined || terms.length === MAX_TERMS) continue
    left -= tokens.length
    const prefix = quoted === undefined && last.length >= MIN_PREFIX_LENGTH && !standsAlone(last)
    terms.push({ tokens, prefix })
  }
  return terms
}

/** In the language of FTS5; within one conversation where that is given. */
export function toMatchExpression(terms: readonly Term[], conversationId?: number): string {
  const wanted = terms.map(({ tokens, prefix }) => `"${tokens.join(' ')}"${prefix ? ' *' : ''}`)
  return [
    ...(conversationId === undefined ? [] : [`"${conversationToken(conversationId)}"`]),
    ...wanted,
  ].join(' AND ')
}

/** What the index keeps of a message. */
export function toIndexText(conversationId: number, body: string): string {
  const tokens = wordsOf(body).map(({ token }) => token)
  return [conversationToken(conversationId), ...tokens].join(' ')
}

/** Where the terms stand in a text, in its order, without overlaps; undefined when one of them does not. */
export function findTerms(body: string, terms: readonly Term[]): readonly Range[] | undefined {
  if (lacksOne(body, terms)) return undefined
  const words = wordsOf(body)
  const ranges: Range[] = []
  for (const term of terms) {
    const found = ranges.length
    for (let at = 0; at + term.tokens.length <= words.length; at += 1) {
      if (stands(term, words, at)) ranges.push(rangeOf(words, at, term.tokens.length))
    }
    if (ranges.length === found) return undefined
  }
  return joined(ranges)
}

// Of these, words are written as they are spelled, but for capitals: most texts that are searched in vain are seen through
// here, without being cut into words.
const PLAIN_TEXT = /^[\0-\x7f\u3001-\u3003\u3007-\u301c\u4e00-\u9fff\u2010-\u2026，。！？：；（）]*$/

function lacksOne(body: string, terms: readonly Term[]): boolean {
  if (!PLAIN_TEXT.test(body)) return false
  const plain = body.toLowerCase()
  return terms.some(({ tokens }) => tokens.some((token) => !plain.includes(token)))
}

function conversationToken(conversationId: number): string {
  return `${CONVERSATION_MARK}${conversationId}`
}

function stands({ tokens, prefix }: Term, words: readonly Word[], at: number): boolean {
  return tokens.every((token, index) => {
    const word = words[at + index]?.token
    return word === token || (prefix && index === tokens.length - 1 && word?.startsWith(token) === true)
  })
}

function rangeOf(words: readonly Word[], at: number, length: number): Range {
  return { start: words[at]?.start ?? 0, end: words[at + length - 1]?.end ?? 0 }
}

function joined(ranges: readonly Range[]): readonly Range[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)
  const result: Range[] = []
  for (const range of sorted) {
    const last = result.at(-1)
    if (last === undefined || range.start >= last.end) result.push(range)
    else if (range.end > last.end) result[result.length - 1] = { start: last.start, end: range.end }
  }
  return result
}
