/** RFC 6121 appendix A in words and actions: every state, with what a server may or may not offer. */
import { describe, expect, test } from 'vitest'
import {
  needsConfirmation,
  subscriptionActions,
  subscriptionEntries,
  subscriptionWords,
  type Standing,
} from '../../src-renderer/components/roster/subscription-actions.ts'
import { createTranslator } from '../../src-main/text/text.ts'

type Part = Omit<Partial<Standing>, 'contact'> & Partial<Standing['contact']>

function standing(part: Part): Standing {
  const { subscription = 'none', ask = false, approved = false, ...rest } = part
  const usual = { hasAsked: false, blocked: false, shown: false, canBlock: false, canPreApprove: false }
  return { ...usual, ...rest, contact: { subscription, ask, approved } }
}

describe.each([
  ['None', {}, ['none'], ['ask', 'show-presence']],
  ['None + Pending Out', { ask: true }, ['none', 'asked'], ['ask-again', 'cancel-request', 'show-presence']],
  ['None + Pending In', { hasAsked: true }, ['none', 'asks'], ['answer', 'ask', 'show-presence']],
  [
    'None + Pending Out+In',
    { ask: true, hasAsked: true },
    ['none', 'asked', 'asks'],
    ['answer', 'ask-again', 'cancel-request', 'show-presence'],
  ],
  ['To', { subscription: 'to' }, ['to'], ['stop-seeing', 'show-presence']],
  [
    'To + Pending In',
    { subscription: 'to', hasAsked: true },
    ['to', 'asks'],
    ['answer', 'stop-seeing', 'show-presence'],
  ],
  ['From', { subscription: 'from' }, ['from'], ['ask', 'revoke']],
  [
    'From + Pending Out',
    { subscription: 'from', ask: true },
    ['from', 'asked'],
    ['ask-again', 'cancel-request', 'revoke'],
  ],
  ['Both', { subscription: 'both' }, ['both'], ['stop-seeing', 'revoke']],
  // A server may leave these standing; they mean nothing any more.
  [
    'Both with leftovers',
    { subscription: 'both', ask: true, hasAsked: true, approved: true },
    ['both'],
    ['stop-seeing', 'revoke'],
  ],
] as const)('%s', (_name, part, words, actions) => {
  test('has its words', () => {
    const keys = words.map((word) => `availability.state${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    expect(subscriptionWords(standing(part))).toEqual(keys)
  })

  test('has its actions', () => {
    expect(subscriptionActions(standing(part))).toEqual(actions)
  })

  test('with everything that a server may offer', () => {
    const isSeen =
      standing(part).contact.subscription === 'from' || standing(part).contact.subscription === 'both'
    const offered = subscriptionActions(standing({ ...part, canBlock: true, canPreApprove: true }))
    expect(offered.at(-1)).toBe('block')
    expect(offered.includes('pre-approve')).toBe(!isSeen && !standing(part).hasAsked)
  })

  test('while blocked there is one thing to do', () => {
    expect(subscriptionActions(standing({ ...part, blocked: true, canBlock: true }))).toEqual(['unblock'])
  })
})

test('who was let in ahead can be let out again; who is shown, hidden', () => {
  expect(subscriptionActions(standing({ approved: true, shown: true, canPreApprove: true }))).toEqual([
    'ask',
    'cancel-pre-approval',
    'hide-presence',
  ])
  expect(subscriptionWords(standing({ approved: true }))).toEqual([
    'availability.stateNone',
    'availability.stateApproved',
  ])
})

test('what only the other side can give back is asked about first', () => {
  expect(
    ['revoke', 'stop-seeing', 'block', 'ask', 'unblock'].map((one) => needsConfirmation(one as never)),
  ).toEqual([true, true, true, false, false])
})

test('menu entries run their action', () => {
  const run: string[] = []
  const entries = subscriptionEntries(
    createTranslator('en'),
    standing({ subscription: 'both', canBlock: true }),
    (one) => run.push(one),
  )
  for (const entry of entries) if (entry !== 'separator') entry.onselect()
  expect(run).toEqual(['stop-seeing', 'revoke', 'block'])
  expect(entries.map((entry) => entry !== 'separator' && [entry.label, entry.danger])).toEqual([
    ['Stop seeing their presence…', undefined],
    ['Stop showing them my presence…', undefined],
    ['Block…', true],
  ])
})
