/**
 * S5 and S6: a correction, retraction or reaction by whom it may not come from changes nothing, whatever ids it names, and
 * none that names itself or too much does harm.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { correction, reactions, retraction, setScene, words, type Setting } from '../actions/setting.ts'
import { JULIET, NOW, ROMEO } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const MALLORY = 'mallory@evil.example/x'

function withBoth(): Setting {
  const scene = setScene()
  scene.arrive(words('romeo', 'own', 'mine'), 'carbon')
  scene.arrive(words('juliet', 'hers', 'hers'))
  return scene
}
const withJuliet = (scene: Setting) => {
  const id = scene.storage.findConversationWith(1, JULIET)?.id ?? 0
  return scene.storage.pageMessages({ conversationId: id, limit: 50 }).messages
}
const by = (from: string, stanza: string): string => stanza.replace(/from='[^']+'/, `from='${from}'`)

describe('S5: by another', () => {
  test.each([MALLORY, 'capulet.example', 'juliet@capulet.example.evil.example/a', `${ROMEO}/phone`])(
    '%s changes nothing of what Juliet said',
    (from) => {
      const scene = withBoth()
      const before = withJuliet(scene)
      scene.arrive(by(from, correction('juliet', 'x1', 'hers', 'forged')))
      scene.arrive(by(from, retraction('juliet', 'x2', 'hers')))
      scene.arrive(by(from, reactions('juliet', 'x3', 'hers', '💩')))
      expect(withJuliet(scene)).toEqual(before)
    },
  )

  test('Juliet changes nothing of what we said, but may react to it', () => {
    const scene = withBoth()
    scene.arrive(retraction('juliet', 'x2', 'own'))
    scene.arrive(reactions('juliet', 'x3', 'own', '👍'))
    const [mine] = withJuliet(scene)
    expect(mine).toMatchObject({ body: 'mine', reactions: [{ sender: JULIET, emoji: ['👍'] }] })
    expect(mine).not.toHaveProperty('retractedAt')
  })

  test('a correction of ours by Juliet leaves it alone', () => {
    const scene = withBoth()
    scene.arrive(correction('juliet', 'x1', 'own', 'put into my mouth'))
    expect(withJuliet(scene)[0]).toMatchObject({ body: 'mine' })
    // Her words are not lost: they are hers.
    expect(withJuliet(scene).at(-1)).toMatchObject({ direction: 'in', body: 'put into my mouth' })
  })

  test('what waits for a message is done only by its sender', () => {
    const scene = setScene()
    scene.arrive(retraction('juliet', 'x', 'later'))
    scene.arrive(words('romeo', 'later', 'mine'), 'carbon')
    expect(withJuliet(scene)).toMatchObject([{ body: 'mine' }])
  })

  test('a correction of itself, and two of each other, end (CVE-2021-41055)', () => {
    const scene = withBoth()
    scene.arrive(correction('juliet', 'self', 'self', 'a message like any other'))
    scene.arrive(correction('juliet', 'b', 'a', 'one'))
    scene.arrive(correction('juliet', 'a', 'b', 'two'))
    scene.arrive(correction('juliet', 'b', 'a', 'one'))
    expect(withJuliet(scene).map(({ body }) => body)).toContain('a message like any other')
  })

  test('thousands of deeds about nothing are bounded', () => {
    const scene = withBoth()
    scene.storage.transaction(() => {
      for (let n = 0; n < 600; n += 1) scene.arrive(reactions('juliet', `r${n}`, `nothing-${n}`, '👍'))
    })
    const counterpart = { accountId: 1, counterpart: JULIET }
    expect(scene.storage.takeWaiting(counterpart, ROMEO, ['nothing-99'])).toEqual([])
    expect(scene.storage.takeWaiting(counterpart, ROMEO, ['nothing-599'])).toHaveLength(1)
  })

  test('of a stranger nothing waits', () => {
    const scene = setScene()
    scene.arrive(by(MALLORY, reactions('juliet', 'r', 'nothing', '👍')))
    const place = { accountId: 1, counterpart: 'mallory@evil.example' as typeof JULIET }
    expect(scene.storage.takeWaiting(place, ROMEO, ['nothing'])).toEqual([])
    expect(scene.storage.listConversations()).toEqual([])
  })
})

describe('S6: forged ids', () => {
  test('a stanza-id names no message for a deed', () => {
    const scene = setScene()
    const sid = `<stanza-id xmlns='urn:xmpp:sid:0' id='archived' by='${ROMEO}'/>`
    scene.arrive(words('juliet', 'hers', 'hers').replace('</message>', `${sid}</message>`))
    scene.arrive(retraction('juliet', 'd', 'archived'))
    expect(withJuliet(scene)).toMatchObject([{ body: 'hers' }])
  })

  test('an origin-id that is one of ours makes none of ours theirs', () => {
    const scene = withBoth()
    const forged = `<message from='${JULIET}/a' type='chat' id='f'><body>x</body><origin-id xmlns='urn:xmpp:sid:0' id='own'/></message>`
    scene.arrive(forged)
    scene.arrive(retraction('juliet', 'd', 'own'))
    expect(withJuliet(scene).map(({ body }) => body)).toEqual(['mine', 'hers', ''])
  })

  test('hostile reactions are passed over', () => {
    const scene = withBoth()
    scene.arrive(reactions('juliet', 'r', 'own', '&lt;img onerror=alert(1)&gt;', '\u202e👍', 'LGTM', '👍'))
    expect(withJuliet(scene)[0]?.reactions).toEqual([{ sender: JULIET, emoji: ['👍'] }])
  })
})
