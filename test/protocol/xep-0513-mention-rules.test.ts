/** XEP-0513 §3.6: whose mentions count in a room that makes rules; XEP-0500 and XEP-0502: what its forms say in numbers. */
import { describe, expect, test } from 'vitest'
import type { DataForm } from '../../src-main/model/form.ts'
import type { Mention } from '../../src-main/model/mentions.ts'
import { parseFormElement } from '../../src-main/protocol/xep-0004-data-forms.ts'
import { isTooSoon, slowModeIn } from '../../src-main/protocol/xep-0500-slow-mode.ts'
import { activityIn } from '../../src-main/protocol/xep-0502-activity-indicator.ts'
import { allowedMentions, mentionRulesIn } from '../../src-main/protocol/xep-0513-mentions.ts'
import { parseStanza } from '../helpers/stanza.ts'

const form = (values: Record<string, string>): DataForm => {
  const fields = Object.entries(values).map(
    ([name, value]) => `<field var='${name}'><value>${value}</value></field>`,
  )
  const x = parseStanza(`<x xmlns='jabber:x:data' type='result'>${fields.join('')}</x>`)
  return parseFormElement(x) as DataForm
}

const alice: Mention = { occupantId: 'alice' }
const all: Mention = { group: 'channel' }
const owners: Mention = { group: 'owner' }

test('a room without rules lets everybody', () => {
  expect(mentionRulesIn(form({}))).toBeUndefined()
  expect(allowedMentions([alice, all], undefined, 'visitor')).toEqual([alice, all])
})

test('more than it allows are none', () => {
  const rules = mentionRulesIn(form({ 'mentions#count': '1' }))
  expect(allowedMentions([alice], rules, 'participant')).toEqual([alice])
  expect(allowedMentions([alice, all], rules, 'moderator')).toEqual([])
})

describe('by role', () => {
  const rules = mentionRulesIn(
    form({
      'mentions#individual': 'participants',
      'mentions#channel': 'moderators',
      'mentions#associations': 'none',
    }),
  )
  test.each([
    ['visitor', []],
    ['participant', [alice]],
    ['moderator', [alice, all]],
  ] as const)('%s', (role, expected) => {
    expect(allowedMentions([alice, all, owners], rules, role)).toEqual(expected)
  })
})

test.each([
  ['20', 20],
  ['0', undefined],
  ['-5', undefined],
  ['1e3', undefined],
  ['604801', undefined],
  ['', undefined],
])('slow mode of "%s" seconds', (text, seconds) => {
  expect(slowModeIn(form({ 'muc#roominfo_slow_mode_duration': text }))).toBe(seconds)
})

test('too soon is what may be tried again', () => {
  expect(isTooSoon({ type: 'wait', condition: 'policy-violation' })).toBe(true)
  expect(isTooSoon({ type: 'modify', condition: 'policy-violation' })).toBe(false)
  expect(isTooSoon({ type: 'wait', condition: 'resource-constraint' })).toBe(false)
})

test.each([
  ['23.42', 23.42],
  ['0', 0],
  ['NaN', undefined],
  ['Infinity', undefined],
  ['-1', undefined],
  ['9999999', undefined],
])('activity of "%s" messages an hour', (text, perHour) => {
  expect(activityIn(form({ '{urn:xmpp:muc-activity}message-activity': text }))).toBe(perHour)
})
