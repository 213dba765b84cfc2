/** Corrections (XEP-0308), retractions (XEP-0424) and reactions (XEP-0444) that come in. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { JULIET, NOW, ROMEO } from '../stage.ts'
import { correction, reactions, retraction, setScene, words, type Setting } from './setting.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

function theMessage(scene: Setting) {
  const [message, ...more] = scene.messages()
  if (message === undefined || more.length > 0) throw new Error(`${more.length + 1} messages`)
  return message
}
const later = (ms = 1000): void => void vi.setSystemTime(Date.now() + ms)

describe('a correction', () => {
  test('takes the place of the words; the row keeps place, id and time, and what it said is kept', () => {
    const scene = setScene()
    scene.arrive(words('juliet', 'm1', 'yonder airlock'))
    const before = theMessage(scene)
    later()
    scene.arrive(correction('juliet', 'm2', 'm1', 'yonder window'))
    expect(theMessage(scene)).toEqual({ ...before, body: 'yonder window', correctedAt: NOW + 1000 })
    expect(scene.storage.listVersions(before.id)).toEqual([
      { body: 'yonder airlock', writtenAt: NOW },
      { body: 'yonder window', writtenAt: NOW + 1000 },
    ])
    expect(scene.storage.listConversations()).toMatchObject([
      { unreadCount: 1, last: { body: 'yonder window' } },
    ])
    expect(scene.names().filter((name) => name === 'message.added')).toHaveLength(1)
  })

  test('of a correction is one of the message, whichever of the two it names', () => {
    const scene = setScene()
    scene.arrive(words('juliet', 'm1', 'one'))
    later()
    scene.arrive(correction('juliet', 'm2', 'm1', 'two'))
    later()
    scene.arrive(correction('juliet', 'm3', 'm2', 'three'))
    later()
    scene.arrive(correction('juliet', 'm4', 'm1', 'four'))
    expect(theMessage(scene)).toMatchObject({ body: 'four' })
    expect(scene.storage.listVersions(1).map(({ body }) => body)).toEqual(['one', 'two', 'three', 'four'])
  })

  test('comes twice, by several ways, and counts once', () => {
    const scene = setScene()
    scene.arrive(words('juliet', 'm1', 'one'))
    later()
    scene.arrive(correction('juliet', 'm2', 'm1', 'two'))
    scene.arrive(correction('juliet', 'm2', 'm1', 'two'), 'carbon', NOW + 1000)
    scene.arrive(correction('juliet', 'm2', 'm1', 'two'), 'archive', NOW + 900)
    scene.arrive(words('juliet', 'm1', 'one'), 'archive', NOW)
    expect(theMessage(scene)).toMatchObject({ body: 'two', correctedAt: NOW + 900 })
    expect(scene.storage.listVersions(1)).toHaveLength(2)
  })

  test('before its message says its words in its stead, and gives the row up to it', () => {
    const scene = setScene()
    scene.arrive(correction('juliet', 'm2', 'm1', 'two'), 'archive', NOW - 1000)
    const standIn = theMessage(scene)
    expect(standIn).toMatchObject({ body: 'two', correctedAt: NOW - 1000 })
    scene.arrive(correction('juliet', 'm3', 'm1', 'three'), 'archive', NOW - 500)
    scene.arrive(words('juliet', 'm1', 'one'), 'archive', NOW - 2000)
    expect(theMessage(scene)).toMatchObject({ id: standIn.id, body: 'three', sentAt: NOW - 2000 })
    expect(scene.storage.listVersions(standIn.id).map(({ body }) => body)).toEqual(['one', 'two', 'three'])
    scene.arrive(words('juliet', 'm1', 'one'), 'archive', NOW - 2000)
    expect(scene.messages()).toHaveLength(1)
  })

  test('of a correction that is not here either: all of them find their message', () => {
    const scene = setScene()
    scene.arrive(correction('juliet', 'm3', 'm2', 'three'), 'archive', NOW - 100)
    scene.arrive(correction('juliet', 'm2', 'm1', 'two'), 'archive', NOW - 200)
    expect(theMessage(scene)).toMatchObject({ body: 'three' })
    scene.arrive(words('juliet', 'm1', 'one'), 'archive', NOW - 300)
    expect(theMessage(scene)).toMatchObject({ body: 'three', sentAt: NOW - 300 })
    expect(scene.storage.listVersions(1).map(({ body }) => body)).toEqual(['one', 'two', 'three'])
  })

  test('of a correction that is not here, whose message is: the stand-in goes', () => {
    const scene = setScene()
    scene.arrive(words('juliet', 'm1', 'one'), 'archive', NOW - 300)
    scene.arrive(correction('juliet', 'm3', 'm2', 'three'), 'archive', NOW - 100)
    expect(scene.messages()).toHaveLength(2)
    scene.arrive(correction('juliet', 'm2', 'm1', 'two'), 'archive', NOW - 200)
    expect(theMessage(scene)).toMatchObject({ body: 'three', sentAt: NOW - 300 })
    expect(scene.names()).toContain('message.removed')
    expect(scene.storage.listConversations()).toMatchObject([{ unreadCount: 1 }])
  })

  test('without words, or of nothing, changes nothing', () => {
    const scene = setScene()
    scene.arrive(words('juliet', 'm1', 'one'))
    scene.arrive(correction('juliet', 'm2', 'm1', '  '))
    scene.arrive(correction('juliet', 'm3', '', 'a message like any other'))
    expect(scene.messages().map(({ body }) => body)).toEqual(['one', 'a message like any other'])
    expect(scene.storage.listVersions(1)).toEqual([])
  })

  test('keeps the first and the last hundred versions', () => {
    const scene = setScene()
    scene.arrive(words('juliet', 'm', 'first'))
    for (let n = 1; n <= 150; n += 1) {
      later(1)
      scene.arrive(correction('juliet', `c${n}`, 'm', `version ${n}`))
    }
    const versions = scene.storage.listVersions(1).map(({ body }) => body)
    expect(versions).toHaveLength(101)
    expect([versions[0], versions[1], versions.at(-1)]).toEqual(['first', 'version 51', 'version 150'])
  })
})

describe('a retraction', () => {
  test('takes the words away, all versions and reactions; it is read, and what comes later changes nothing', () => {
    const scene = setScene()
    scene.arrive(words('juliet', 'm1', 'a secret'))
    scene.arrive(correction('juliet', 'm2', 'm1', 'another secret'))
    scene.arrive(reactions('romeo', 'r1', 'm1', '❤️'), 'carbon')
    later()
    scene.arrive(retraction('juliet', 'd1', 'm1'))
    expect(theMessage(scene)).toMatchObject({ body: '', retractedAt: NOW + 1000, state: 'received' })
    expect(theMessage(scene)).not.toHaveProperty('reactions')
    expect(theMessage(scene)).not.toHaveProperty('correctedAt')
    expect(scene.storage.listVersions(1)).toEqual([])
    expect(scene.storage.listConversations()).toMatchObject([
      { unreadCount: 0, last: { body: '', retracted: true } },
    ])
    scene.arrive(correction('juliet', 'm3', 'm1', 'a third secret'))
    scene.arrive(correction('juliet', 'm2', 'm1', 'another secret'), 'archive', NOW)
    scene.arrive(reactions('romeo', 'r2', 'm1', '👍'), 'carbon')
    scene.arrive(words('juliet', 'm1', 'a secret'), 'archive', NOW)
    expect(theMessage(scene)).toMatchObject({ body: '', retractedAt: NOW + 1000 })
    expect(theMessage(scene)).not.toHaveProperty('reactions')
  })

  test('of a message without an origin-id: the archive does not bring its words back', () => {
    const scene = setScene()
    const plain = `<message from='${JULIET}/a' to='${ROMEO}' type='chat' id='m1'><body>a secret</body></message>`
    scene.arrive(plain)
    scene.arrive(retraction('juliet', 'd1', 'm1'))
    scene.arrive(plain, 'archive', NOW)
    expect(theMessage(scene)).toMatchObject({ body: '' })
  })

  test('before its message waits for it, and its words are never seen', () => {
    const scene = setScene()
    scene.arrive(retraction('juliet', 'd1', 'm1'), 'archive', NOW - 100)
    expect(scene.messages()).toEqual([])
    scene.arrive(words('juliet', 'm1', 'a secret'), 'archive', NOW - 200)
    expect(theMessage(scene)).toMatchObject({ body: '', retractedAt: NOW - 100 })
    expect(scene.storage.listConversations()).toMatchObject([{ unreadCount: 0 }])
  })

  test('of a correction takes the whole message back', () => {
    const scene = setScene()
    scene.arrive(words('juliet', 'm1', 'one'))
    scene.arrive(correction('juliet', 'm2', 'm1', 'two'))
    scene.arrive(retraction('juliet', 'd1', 'm2'))
    expect(theMessage(scene)).toMatchObject({ body: '' })
  })

  test('its fallback words are not shown, whatever became of the message', () => {
    const scene = setScene()
    scene.arrive(words('juliet', 'm1', 'one'))
    scene.arrive(retraction('juliet', 'd1', 'unknown'))
    expect(scene.messages().map(({ body }) => body)).toEqual(['one'])
  })
})

describe('reactions', () => {
  test('of either party to a message of either; each set replaces the last, an empty one removes it', () => {
    const scene = setScene()
    scene.arrive(words('romeo', 'm1', 'mine'), 'carbon')
    scene.arrive(reactions('juliet', 'r1', 'm1', '👋'))
    scene.arrive(reactions('romeo', 'r2', 'm1', '🌹', '🌙'), 'carbon')
    expect(theMessage(scene).reactions).toEqual([
      { sender: JULIET, emoji: ['👋'] },
      { sender: ROMEO, emoji: ['🌹', '🌙'] },
    ])
    later()
    scene.arrive(reactions('juliet', 'r3', 'm1', '👋', '🐢'))
    scene.arrive(reactions('romeo', 'r4', 'm1'), 'carbon')
    expect(theMessage(scene).reactions).toEqual([{ sender: JULIET, emoji: ['👋', '🐢'] }])
    scene.arrive(reactions('juliet', 'r1', 'm1', '👋'), 'archive', NOW)
    expect(theMessage(scene).reactions).toEqual([{ sender: JULIET, emoji: ['👋', '🐢'] }])
    expect(scene.storage.listConversations()).toMatchObject([{ unreadCount: 0 }])
  })

  test('to a correction are to the message, and one that was never seen waits', () => {
    const scene = setScene()
    scene.arrive(reactions('juliet', 'r1', 'm2', '👍'), 'archive', NOW)
    scene.arrive(words('romeo', 'm1', 'one'), 'archive', NOW - 200)
    expect(theMessage(scene)).not.toHaveProperty('reactions')
    scene.arrive(correction('romeo', 'm2', 'm1', 'two'), 'archive', NOW - 100)
    expect(theMessage(scene).reactions).toEqual([{ sender: JULIET, emoji: ['👍'] }])
  })

  test('are news when they come now, to a message of ours, and say something new', () => {
    const scene = setScene()
    const heard = vi.fn()
    scene.tools.events.on('reaction.received', heard)
    scene.arrive(words('romeo', 'm1', 'mine'), 'carbon')
    scene.arrive(words('juliet', 'j1', 'hers'))
    scene.arrive(reactions('juliet', 'r0', 'j1', '😅'))
    scene.arrive(reactions('juliet', 'r1', 'm1', '👋'))
    scene.arrive(reactions('juliet', 'r2', 'm1', '👋', '🐢'))
    scene.arrive(reactions('juliet', 'r3', 'm1', '🐢'))
    scene.arrive(reactions('romeo', 'r4', 'm1', '🐢'), 'carbon')
    scene.arrive(reactions('juliet', 'r5', 'm1', '❤️'), 'live', NOW - 3_600_000)
    expect(heard.mock.calls).toMatchObject([
      [{ sender: JULIET, emoji: ['👋'], message: { body: 'mine' } }],
      [{ sender: JULIET, emoji: ['🐢'] }],
    ])
  })

  test('words beside them are words, unless they are there for others', () => {
    const scene = setScene()
    scene.arrive(words('romeo', 'm1', 'mine'), 'carbon')
    const set = `<reactions xmlns='urn:xmpp:reactions:0' id='m1'><reaction>👍</reaction></reactions>`
    const open = `<message from='${JULIET}/a' type='chat'`
    scene.arrive(`${open} id='a'><body>👍</body><fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reactions:0'/>${set}</message>`) // prettier-ignore
    scene.arrive(`${open} id='b'><body>and more</body>${set}</message>`)
    expect(scene.messages().map(({ body }) => body)).toEqual(['mine', 'and more'])
  })
})
