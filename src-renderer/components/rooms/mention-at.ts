/** Where an occupant's nick is being typed. Pure. Nicks may hold spaces: whether one still fits tells the list of occupants. */

export interface TypedNick {
  /** What there is of it, without the @. */
  readonly typed: string
  /** Where it starts, with the @, and the caret. */
  readonly start: number
  readonly end: number
}

/** Longer beginnings are no beginnings of nicks. */
const LOOK_BACK = 64
/** Behind letters it is an address, except in scripts that have no spaces. */
const AT =
  /(?:^|[^\p{L}\p{N}._+-]|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])(?<mention>@(?<typed>[^@\n]*))$/u

/** After an @. */
export function mentionAt(text: string, caret: number): TypedNick | undefined {
  const from = Math.max(0, caret - LOOK_BACK)
  const { mention, typed } = AT.exec(text.slice(from, caret))?.groups ?? {}
  if (mention === undefined || typed === undefined) return undefined
  // What was cut off before may be a letter.
  if (from > 0 && mention.length === caret - from) return undefined
  return { typed, start: caret - mention.length, end: caret }
}

/** The word before the caret, for Tab. */
export function wordAt(text: string, caret: number): TypedNick | undefined {
  const typed = /\S+$/u.exec(text.slice(Math.max(0, caret - LOOK_BACK), caret))?.[0]
  if (typed === undefined) return undefined
  return { typed: typed.replace(/^@/, ''), start: caret - typed.length, end: caret }
}

/** As most write it: with a colon where it begins a message. No space where one follows. */
export function mentionText(nick: string, text: string, at: Pick<TypedNick, 'start' | 'end'>): string {
  const begins = text.slice(0, at.start).trim() === ''
  const spaced = /^\s/u.test(text.slice(at.end))
  return `${nick}${begins ? ':' : ''}${spaced ? '' : ' '}`
}
