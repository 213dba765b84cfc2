/** What happened in a room between its messages: where it stands, how it folds, and in which words. */
import { describe, expect, test } from 'vitest'
import type { Happening } from '../../../src-main/model/room-log.ts'
import { createTranslator } from '../../../src-main/text/text.ts'
import { toRows, type Row } from '../../../src-renderer/components/message/grouping.ts'
import { withHappenings } from '../../../src-renderer/components/rooms/happening-rows.ts'
import { happeningWords, summaryWords } from '../../../src-renderer/components/rooms/happening-words.ts'
import { makeMessage } from '../make-message.ts'

const en = createTranslator('en')
const zh = createTranslator('zh-CN')
const noon = new Date(2026, 10, 19, 12, 0).getTime()
const END = { fromStart: true, toEnd: true }
const MIDNIGHT = new Date(2026, 10, 20).getTime()

let last = 0
type Given = Partial<Omit<Happening, 'kind'>> & Pick<Happening, 'kind'>
function happening(nick: string, at: number, rest: Given & Record<string, unknown>): Happening {
  last += 1
  return { id: last, at, nick, who: nick, ...rest } as Happening
}
const joined = (nick: string, at = noon): Happening => happening(nick, at, { kind: 'joined' })
const left = (nick: string, at = noon): Happening => happening(nick, at, { kind: 'left' })
const kicked = (nick: string, at = noon): Happening => happening(nick, at, { kind: 'kicked' })

/** Ids of messages with `<` and `>` as runs begin and end; of happenings how many. */
function shape(rows: readonly Row[]): string {
  return rows
    .map((row) => {
      if (row.kind === 'message') return `${row.first ? '<' : ''}${row.key}${row.last ? '>' : ''}`
      return row.kind === 'happenings' ? `(${row.happenings.length})` : row.kind
    })
    .join(' ')
}

describe('where it stands', () => {
  const messages = [1, 2, 3].map((id) => makeMessage(id, { sentAt: noon + id * 1000 }))
  const rows = toRows(messages, 3)

  test('nothing leaves the rows as they are', () => {
    expect(withHappenings(rows, [], END)).toBe(rows)
  })

  test('between messages, cutting runs, before the line of new ones, and at the end', () => {
    const happenings = [noon + 1500, noon + 1600, noon + 2500, noon + 9000].map((at) => joined('nurse', at))
    expect(shape(withHappenings(rows, happenings, END))).toBe('day <1> (2) <2> (1) unread <3> (1)')
  })

  test('what lies beyond the loaded pages waits for them', () => {
    const happenings = [joined('nurse', noon), joined('nurse', noon + 9000)]
    expect(shape(withHappenings(rows, happenings, { fromStart: false, toEnd: false }))).toBe(shape(rows))
    expect(shape(withHappenings(rows, happenings, END))).toBe('day (1) <1 2> unread <3> (1)')
  })

  test('of yesterday before today', () => {
    const two = toRows(
      [makeMessage(1, { sentAt: MIDNIGHT - 9000 }), makeMessage(2, { sentAt: MIDNIGHT + 9000 })],
      undefined,
    )
    const happenings = [joined('nurse', MIDNIGHT - 1), left('nurse', MIDNIGHT + 1)]
    expect(shape(withHappenings(two, happenings, END))).toBe('day <1> (1) day (1) <2>')
  })

  test('what was done to somebody stands alone', () => {
    const at = noon + 9000
    const happenings = [joined('a', at), left('b', at), kicked('c', at), joined('d', at)]
    expect(shape(withHappenings(rows, happenings, END))).toBe('day <1 2> unread <3> (2) (1) (1)')
  })
})

describe('in words', () => {
  test('folded, by what came of it', () => {
    const five = ['Juliet', 'Nurse', 'Paris', 'Tybalt', 'Peter'].map((nick) => joined(nick))
    expect(summaryWords(en, [...five, left('Romeo')])).toBe('Juliet, Nurse, and 3 others joined; Romeo left')
    expect(summaryWords(zh, [...five, left('Romeo')])).toBe('Juliet、Nurse和另外 3 人 加入了；Romeo 离开了')
    expect(summaryWords(en, [joined('Nurse'), left('Nurse'), left('Paris'), joined('Paris')])).toBe(
      'Paris left and came back; Nurse came and went',
    )
    expect(summaryWords(en, [joined('Nurse'), left('Nurse'), joined('Nurse')])).toBe('Nurse joined')
  })

  test('of many only how many', () => {
    const renamed = ['a', 'b', 'c'].map((nick) => happening(nick, noon, { kind: 'renamed', to: `${nick}2` }))
    const roles = ['a', 'b', 'c'].map((nick) => happening(nick, noon, { kind: 'role', role: 'visitor' }))
    expect(summaryWords(en, [...renamed, ...roles])).toBe(
      '3 people changed their names; 3 people were given another standing',
    )
    expect(summaryWords(en, renamed.slice(0, 2))).toBe('a is now called a2; b is now called b2')
  })

  test('by whom and why', () => {
    const done = happening('iago', noon, { kind: 'banned', actor: 'Othello', reason: 'Lies' })
    expect(happeningWords(en, done)).toBe('Othello banned iago: Lies')
    expect(happeningWords(zh, done)).toBe('Othello 封禁了 iago：Lies')
    expect(happeningWords(en, kicked('iago'))).toBe('iago was removed from the room')
    expect(happeningWords(en, happening('', noon, { kind: 'declined' }))).toBe('An invitation was declined')
    const ours = happening('me', noon, { kind: 'role', role: 'moderator', own: true })
    expect(happeningWords(en, ours)).toBe('You are now a moderator')
  })

  test('a name that hides something says so, alone and among others (S16)', () => {
    const hidden = `ad${String.fromCodePoint(0x200b)}min`
    expect(summaryWords(en, [joined(hidden), joined('Nurse')])).toContain('[U+200B]')
    expect(happeningWords(en, happening('x', noon, { kind: 'kicked', actor: hidden }))).toContain('[U+200B]')
    expect(happeningWords(en, happening('x', noon, { kind: 'kicked', reason: hidden }))).toContain('[U+200B]')
  })
})
