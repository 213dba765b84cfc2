/** What people say in a made up history: always the same, few words often and many seldom. */

/** In one message of all, near the oldest. */
export const RARE = { word: 'xylophone', chinese: '饕餮' }

/** Twelve words, one message in four in Chinese; few words are said often and many seldom, as people do. */
export function bodyOf(index: number, random: () => number): string {
  if (index === 1000) return `the ${RARE.word} is where ${RARE.chinese} is`
  const chinese = index % 4 === 0
  const words = Array.from({ length: chinese ? 18 : 11 }, () => (chinese ? hanzi(random) : word(random)))
  return chinese ? `${words.join('')}${index % 8 === 0 ? '，明天见' : ''}` : `the ${words.join(' ')}`
}

const SYLLABLES =
  'ba be bo da de do ka ke ko la le lo ma me mo na ne no ra re ro sa se so ta te to en in or'.split(' ')
const VOCABULARY = 40_000

function word(random: () => number): string {
  let number = Math.floor(VOCABULARY ** random())
  let text = ''
  do {
    text += SYLLABLES[number % SYLLABLES.length] ?? ''
    number = Math.floor(number / SYLLABLES.length)
  } while (number > 0)
  return text
}

function hanzi(random: () => number): string {
  return String.fromCodePoint(0x4e00 + Math.floor(3500 ** random()))
}

export function uuid(random: () => number): string {
  const part = () =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0')
  const [a, b, c, d] = [part(), part(), part(), part()]
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(0, 3)}-${c.slice(4)}${d}`
}

/** mulberry32: the same history every time. */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
