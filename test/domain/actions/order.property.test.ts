/** In whatever order and by whatever ways a message and what is done to it arrive, the end is the same. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { JULIET, NOW, ROMEO } from '../stage.ts'
import { correction, reactions, retraction, setScene, words, type Setting, type Way } from './setting.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

interface Deed {
  readonly stanza: string
  readonly at: number
}

const SEQUENCE: readonly string[] = [
  words('juliet', 'm', 'one'),
  correction('juliet', 'c1', 'm', 'two'),
  reactions('romeo', 'r1', 'm', '👍', '🌹'),
  correction('juliet', 'c2', 'c1', 'three'),
  reactions('romeo', 'r2', 'm', '🐢'),
]
const HISTORY: readonly Deed[] = SEQUENCE.map((stanza, index) => ({ stanza, at: NOW + index * 10_000 }))
const END: Deed = { stanza: retraction('juliet', 'd', 'm'), at: NOW + 100_000 }

function permutations<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length <= 1) return [list]
  return list.flatMap((first, index) =>
    permutations(list.toSpliced(index, 1)).map((rest) => [first, ...rest]),
  )
}

/** A small generator with a seed, so that a failure can be had again. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** What comes in its turn may come straight; all else tells when it was sent. Some of it comes twice. */
function play(scene: Setting, order: readonly Deed[], random: (below: number) => number): void {
  const ways: readonly Way[] = ['live', 'carbon', 'archive']
  for (const { stanza, at } of order) {
    const isNow = at >= Date.now()
    vi.setSystemTime(Math.max(at, Date.now()))
    scene.arrive(stanza, ways[random(3)], isNow && random(2) === 0 ? undefined : at)
    if (random(3) === 0) scene.arrive(stanza, ways[random(3)], at)
  }
}

function end(scene: Setting) {
  const messages = scene.messages()
  return {
    messages: messages.map(({ body, sentAt, sender, correctedAt, retractedAt, reactions: made }) => ({
      ...{ body, sentAt, sender, correctedAt, retractedAt, reactions: made },
    })),
    versions: messages.map(({ id }) => scene.storage.listVersions(id).map(({ body }) => body)),
    conversations: scene.storage.listConversations().map(({ last, unreadCount }) => ({ last, unreadCount })),
  }
}

/** What it ends in; the database is as before then, for the next one. */
function inTurn(scene: Setting, order: readonly Deed[], seed: number): ReturnType<typeof end> {
  const undone = new Error('undone')
  let found: ReturnType<typeof end> | undefined
  vi.setSystemTime(NOW)
  expect(() =>
    scene.storage.transaction(() => {
      play(scene, order, createRandom(seed))
      found = end(scene)
      throw undone
    }),
  ).toThrow('undone')
  if (found === undefined) throw undone
  return found
}

describe('every order of a message, two corrections and two sets of reactions', () => {
  test('ends with the last words and the last reactions, once', () => {
    const scene = setScene()
    permutations(HISTORY).forEach((order, index) => {
      const found = inTurn(scene, order, index)
      const names = order.map(({ stanza }) => / id='(\w+)'/.exec(stanza)?.[1]).join(' ')
      expect({ names, ...found }).toEqual({
        names,
        messages: [
          {
            ...{ body: 'three', sentAt: NOW, sender: JULIET, correctedAt: NOW + 30_000 },
            reactions: [{ sender: ROMEO, emoji: ['🐢'] }],
          },
        ],
        versions: [['one', 'two', 'three']],
        conversations: [{ unreadCount: 1, last: expect.objectContaining({ body: 'three' }) as unknown }],
      })
    })
  })

  test('with a retraction anywhere among them nothing is left', () => {
    const scene = setScene()
    const random = createRandom(4)
    permutations(HISTORY).forEach((order, index) => {
      const withEnd = order.toSpliced(random(order.length + 1), 0, END)
      const found = inTurn(scene, withEnd, index)
      const names = withEnd.map(({ stanza }) => / id='(\w+)'/.exec(stanza)?.[1]).join(' ')
      expect({ names, ...found }).toEqual({
        names,
        messages: [{ body: '', sentAt: NOW, sender: JULIET, retractedAt: END.at }],
        versions: [[]],
        conversations: [{ unreadCount: 0, last: expect.objectContaining({ retracted: true }) as unknown }],
      })
    })
  })
})
