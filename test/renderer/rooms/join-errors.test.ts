// @vitest-environment happy-dom
/** XEP-0045 §7.2: from the error that a room answers with to what the user reads and can do about it. */
import { screen } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { problemOfError } from '../../../src-main/domain/rooms/problems.ts'
import type { Visit } from '../../../src-main/domain/rooms/memory.ts'
import type { RoomProblem } from '../../../src-main/model/room.ts'
import { joinErrorOf } from '../../../src-main/protocol/xep-0045-muc/index.ts'
import type { ParsedStanzaError, StanzaCondition } from '../../../src-main/protocol/stanza-error.ts'
import { createTranslator } from '../../../src-main/text/text.ts'
import { sayProblem, type Remedy } from '../../../src-renderer/components/rooms/problem-words.ts'
import RoomBar from '../../../src-renderer/components/rooms/RoomBar.svelte'
import { renderWithWords } from '../render.ts'
import { makeRoom } from './make.ts'

interface Refused {
  readonly type?: ParsedStanzaError['type']
  readonly password?: string
  /** That it is a room was told before. */
  readonly isKnown?: boolean
  readonly uri?: string
  readonly text?: string
}

function problemOf(condition: StanzaCondition, refused: Refused = {}): RoomProblem {
  const { type = 'cancel', password, isKnown = true, uri, text = '' } = refused
  const error = { type, condition, text, ...(uri === undefined ? {} : { uri }) }
  const visit = { nick: 'Romeo', seats: new Map(), password } as unknown as Visit
  return problemOfError(joinErrorOf(error), visit, isKnown)
}

const ERRORS: readonly (readonly [StanzaCondition, Refused, RegExp, RegExp, Remedy])[] = [
  ['not-authorized', {}, /asks for a password/, /Whoever is in the room can tell/, 'password'],
  ['not-authorized', { password: 'x' }, /not the password/, /Whoever is in the room can tell/, 'password'],
  ['forbidden', {}, /banned/, /ask one of them, then try again/, 'rejoin'],
  [
    'item-not-found',
    { isKnown: false },
    /no room at this address/,
    /Check .* “New group or channel/,
    'rejoin',
  ],
  ['item-not-found', {}, /gone, or not ready yet/, /Try again later, or ask/, 'rejoin'],
  ['not-allowed', {}, /may not make one/, /Check .* another server/, 'rejoin'],
  ['not-acceptable', {}, /does not accept this name/, /the one that is yours/, 'nick'],
  ['jid-malformed', {}, /does not accept this name/, /Take another one/, 'nick'],
  ['registration-required', {}, /members only/, /Ask one of its administrators/, 'rejoin'],
  ['conflict', {}, /has this name already/, /Take another one/, 'nick'],
  ['service-unavailable', { type: 'wait' }, /full/, /Try again when/, 'rejoin'],
  ['resource-constraint', {}, /full/, /Try again when/, 'rejoin'],
  ['service-unavailable', {}, /cannot be reached/, /tries again by itself.*check/i, 'rejoin'],
  ['remote-server-not-found', {}, /cannot be reached/, /tries again by itself.*check/i, 'rejoin'],
  ['remote-server-timeout', {}, /cannot be reached/, /tries again by itself.*check/i, 'rejoin'],
  ['gone', { uri: 'xmpp:a@b.example?join' }, /has moved/, /at another address/, 'elsewhere'],
  ['gone', {}, /has moved/, /Ask somebody who was in it/, 'nothing'],
  ['policy-violation', {}, /did not let you in/, /ask its administrators/, 'rejoin'],
]

describe('each error of coming in says what it is and what to do', () => {
  test.each(ERRORS)('%s %j', (condition, refused, what, advice, remedy) => {
    const said = sayProblem(createTranslator('en'), problemOf(condition, refused))
    expect(said.text).toMatch(what)
    expect(said.advice).toMatch(advice)
    expect(said.remedy).toBe(remedy)
  })

  test('no two that ask for something else of the user say the same, in either language', () => {
    for (const locale of ['en', 'zh-CN'] as const) {
      const all = ERRORS.map(([condition, refused]) => {
        const said = sayProblem(createTranslator(locale), problemOf(condition, refused))
        return `${said.text} ${said.advice}`
      })
      // Three ways not to be reached, two to be full, two names that are refused (one of them is no name at all).
      expect(new Set(all).size).toBe(ERRORS.length - 2 - 1 - 1)
    }
  })
})

test('the bar says both, and the room’s own words on demand', () => {
  const problem = problemOf('forbidden', { text: 'You know why' })
  renderWithWords(RoomBar, {
    ...{ room: makeRoom({ phase: 'failed', problem }), offline: false },
    ...{ onrejoin: () => undefined, onelsewhere: () => undefined, onforget: () => undefined },
  })
  const bar = screen.getByRole('alert')
  expect(bar.textContent).toContain('You are banned from this room.')
  expect(bar.textContent).toContain('Only its administrators can let you in again')
  expect(bar.querySelector('details')?.open).toBe(false)
  expect(bar.querySelector('details pre')?.textContent).toBe('You know why')
})
