/** Messages as words for somebody else. */
import { describe, expect, test } from 'vitest'
import { MAX_BODY_LENGTH } from '../../src-main/contract/fields.ts'
import { forwardedBodies, MOST_OF_A_BODY } from '../../src-renderer/components/replies/forward-text.ts'
import { makeMessage } from './make-message.ts'

const nameOf = ({ direction }: { direction: string }): string => (direction === 'in' ? 'Juliet' : 'romeo')
const named = { named: true, nameOf }

describe('messages passed on', () => {
  test('keep their order and who wrote them, a run of one author under one name', () => {
    const messages = [
      makeMessage(1, { body: 'one\ntwo' }),
      makeMessage(2, { body: 'three' }),
      makeMessage(3, { body: 'four', direction: 'out' }),
    ]
    expect(forwardedBodies(messages, named)).toEqual(['> Juliet:\n> one\n> two\n> three\n\n> romeo:\n> four'])
    expect(forwardedBodies(messages, { ...named, named: false })).toEqual(['one\ntwo\n\nthree\n\nfour'])
  })

  test('an action keeps who acts', () => {
    const messages = [makeMessage(1, { body: '/me laughs' })]
    expect(forwardedBodies(messages, { ...named, named: false })).toEqual(['* Juliet laughs'])
  })

  test('as many messages as there must be, each within the limit of the contract, nothing lost', () => {
    expect(MOST_OF_A_BODY).toBe(MAX_BODY_LENGTH)
    const long = `${'word '.repeat(8000)}\n`.repeat(4)
    const messages = [makeMessage(1, { body: 'first' }), makeMessage(2, { body: long }), makeMessage(3)]
    const bodies = forwardedBodies(messages, { ...named, named: false })
    expect(bodies.length).toBeGreaterThan(2)
    for (const body of bodies) expect(body.length).toBeLessThanOrEqual(MAX_BODY_LENGTH)
    const words = (text: string): number => text.split(/\s+/).filter(Boolean).length
    expect(words(bodies.join('\n'))).toBe(words(`first ${long} message 3`))
  })

  test('one line without a break is divided between characters', () => {
    const bodies = forwardedBodies([makeMessage(1, { body: '😀'.repeat(40_000) })], {
      ...named,
      named: false,
    })
    expect(bodies.join('')).toBe('😀'.repeat(40_000))
    for (const body of bodies) expect(body).toMatch(/^(?:😀)+$/u)
  })
})
