import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  INACTIVE_AFTER_MS,
  PAUSED_AFTER_MS,
  TypingReport,
} from '../../src-renderer/components/composer/typing-report.ts'

let told: string[] = []
let report = new TypingReport((state) => told.push(state))

beforeEach(() => {
  vi.useFakeTimers()
  told = []
  report = new TypingReport((state) => told.push(state))
})
afterEach(() => void vi.useRealTimers())

test('typing is told once, however long it goes on, and its pause after the last key', () => {
  for (let key = 0; key < 100; key++) {
    report.typed('x')
    vi.advanceTimersByTime(PAUSED_AFTER_MS - 1)
  }
  expect(told).toEqual(['composing'])
  vi.advanceTimersByTime(1)
  expect(told).toEqual(['composing', 'paused'])
  report.typed('xy')
  expect(told).toEqual(['composing', 'paused', 'composing'])
})

test('who takes back all that was typed is no longer typing, nor pausing', () => {
  report.typed('x')
  report.typed('  ')
  vi.advanceTimersByTime(PAUSED_AFTER_MS)
  expect(told).toEqual(['composing', 'active'])
})

test('a message that is sent says it itself; the next one is typing again', () => {
  report.typed('x')
  report.sent()
  vi.advanceTimersByTime(PAUSED_AFTER_MS)
  expect(told).toEqual(['composing'])
  report.typed('y')
  expect(told).toEqual(['composing', 'composing'])
})

test('a window without the focus for long is inactive until it is back', () => {
  report.attended(false)
  vi.advanceTimersByTime(INACTIVE_AFTER_MS - 1)
  report.attended(true)
  report.typed('x')
  report.attended(false)
  vi.advanceTimersByTime(INACTIVE_AFTER_MS)
  report.attended(true)
  expect(told).toEqual(['composing', 'paused', 'inactive', 'active'])
})

test('who leaves is inactive, once', () => {
  report.typed('x')
  report.left()
  vi.advanceTimersByTime(PAUSED_AFTER_MS)
  report.left()
  expect(told).toEqual(['composing', 'inactive'])
})
