import { describe, expect, test } from 'vitest'
import type { RoomProblem } from '../../../src-main/model/room.ts'
import { createTranslator } from '../../../src-main/text/text.ts'
import { ROOM_PROBLEM_WORDS, sayProblem } from '../../../src-renderer/components/rooms/problem-words.ts'
import { localPartOf, secretLocalPart } from '../../../src-renderer/components/rooms/room-address.ts'
import { readRoomAddress, roomLink } from '../../../src-renderer/components/rooms/room-link.ts'
import { jid } from '../make.ts'

const t = createTranslator('en')

describe('why we are not in a room', () => {
  test('every reason has words and something to do, in both languages', () => {
    for (const locale of ['en', 'zh-CN'] as const) {
      for (const { what, by, advice } of Object.values(ROOM_PROBLEM_WORDS)) {
        expect(createTranslator(locale)(what)).not.toBe('')
        expect(createTranslator(locale)(advice)).not.toBe('')
        if (by) expect(createTranslator(locale)(by, { nick: 'Tybalt' })).toContain('Tybalt')
      }
    }
  })

  test('who did it is named where the room tells, with the reason in their words', () => {
    const problem: RoomProblem = { code: 'was-kicked', actor: 'Tybalt', reason: 'Montague!' }
    expect(sayProblem(t, problem)).toMatchObject({
      text: 'Tybalt removed you from this room.',
      reason: 'Montague!',
      remedy: 'rejoin',
    })
    expect(sayProblem(t, { code: 'was-kicked' }).text).toBe('You were removed from this room.')
  })

  test('there is a way elsewhere only where an address is told', () => {
    expect(sayProblem(t, { code: 'gone' }).remedy).toBe('nothing')
    expect(sayProblem(t, { code: 'gone', jid: jid('a@b.example') }).remedy).toBe('elsewhere')
  })

  test('an actor who hides signs in a nick is shown with them', () => {
    const actor = `Ty${String.fromCodePoint(0x202e)}balt`
    expect(sayProblem(t, { code: 'was-banned', actor }).text).toContain('[U+202E]')
  })
})

describe('links to rooms', () => {
  test('say that they join', () => {
    expect(roomLink('garden@rooms.example')).toBe('xmpp:garden@rooms.example?join')
    expect(roomLink('a?b/c#d@rooms.example')).toBe('xmpp:a%3Fb%2Fc%23d@rooms.example?join')
  })

  test.each([
    ['garden@rooms.example', { jid: 'garden@rooms.example' }],
    ['  xmpp:garden@rooms.example?join ', { jid: 'garden@rooms.example' }],
    ['XMPP:garden%40rooms.example', { jid: 'garden@rooms.example' }],
    ['xmpp:a@b.example?join;password=se%3Bame', { jid: 'a@b.example', password: 'se;ame' }],
    ['xmpp:a@b.example?join;password=', { jid: 'a@b.example' }],
    ['xmpp:%E0@b.example', { jid: '%E0@b.example' }],
    ['rooms.example', { jid: 'rooms.example' }],
  ])('%j is read', (text, expected) => {
    expect(readRoomAddress(text)).toEqual(expected)
  })

  test('what is made is read again', () => {
    expect(readRoomAddress(roomLink('a&b@rooms.example'))).toEqual({ jid: 'a&b@rooms.example' })
  })
})

describe('addresses of new rooms', () => {
  test.each([
    ['Garden of the Capulets', 'garden-of-the-capulets'],
    ['  Ünder/the "balcony"! ', 'ünder-the-balcony'],
    ['诗社', '诗社'],
    ['!!!', ''],
  ])('%j', (name, expected) => {
    expect(localPartOf(name)).toBe(expected)
  })

  test('of a group cannot be guessed', () => {
    expect(secretLocalPart()).toMatch(/^[0-9a-f]{20}$/)
    expect(secretLocalPart()).not.toBe(secretLocalPart())
  })
})
