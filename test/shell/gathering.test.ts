/** What comes close together is dealt with together. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createGathering } from '../../src-main/shell/gathering.ts'

const TIMES = { quietMs: 250, mostMs: 1000 }
let dealt: (readonly string[])[]

beforeEach(() => {
  vi.useFakeTimers()
  dealt = []
})
afterEach(() => vi.useRealTimers())

const gathering = () => createGathering<string>(TIMES, (news) => void dealt.push(news))

test('the latest of each key, all at once, when it has been quiet', () => {
  const news = gathering()
  news.take(1, 'a')
  vi.advanceTimersByTime(200)
  news.take(2, 'b')
  news.take(1, 'c')
  vi.advanceTimersByTime(249)
  expect(dealt).toEqual([])
  vi.advanceTimersByTime(1)
  expect(dealt).toEqual([['b', 'c']])
})

test('who never stops is dealt with all the same, and then again', () => {
  const news = gathering()
  for (let count = 0; count < 20; count += 1) {
    news.take(1, String(count))
    vi.advanceTimersByTime(100)
  }
  expect(dealt).toEqual([['9'], ['19']])
})
