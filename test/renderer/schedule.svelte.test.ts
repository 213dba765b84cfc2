// @vitest-environment happy-dom
/** Sending later: the times that are offered, and the way there from the composer. */
import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import Composer from '../../src-renderer/components/composer/Composer.svelte'
import { fromFieldValue, sendTimes, toFieldValue } from '../../src-renderer/components/schedule/send-times.ts'
import ScheduledList from '../../src-renderer/components/schedule/ScheduledList.svelte'
import { ScheduleStore } from '../../src-renderer/stores/schedule.svelte.ts'
import { makeSnapshot } from './make.ts'
import { renderWithWords } from './render.ts'

const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime()
const named = (now: number) => sendTimes(now).map(({ label, at: time }) => [label.split('.')[1], time])

describe('the times offered', () => {
  // 21 November 2026 is a Saturday.
  test.each([
    [
      'on a Saturday',
      at(21, 10),
      [
        ['thisEvening', at(21, 18)],
        ['tomorrowMorning', at(22, 9)],
        ['mondayMorning', at(23, 9)],
      ],
    ],
    [
      'when it is evening',
      at(21, 17, 40),
      [
        ['tomorrowMorning', at(22, 9)],
        ['mondayMorning', at(23, 9)],
      ],
    ],
    ['on a Sunday, where tomorrow is Monday', at(22, 20), [['tomorrowMorning', at(23, 9)]]],
    [
      'on a Monday, where Monday is in a week',
      at(23, 20),
      [
        ['tomorrowMorning', at(24, 9)],
        ['mondayMorning', at(30, 9)],
      ],
    ],
  ])('%s', (_when, now, expected) => {
    expect(named(now)).toEqual(expected)
  })

  test('a field takes and gives the local time', () => {
    expect(toFieldValue(at(2, 7, 5))).toBe('2026-11-02T07:05')
    expect(fromFieldValue('2026-11-02T07:05')).toBe(at(2, 7, 5))
    for (const odd of ['', 'x', '2026-13-40T99:99', '+99999-01-01T00:00']) {
      expect(fromFieldValue(odd)).toBeUndefined()
    }
  })
})

describe('the composer', () => {
  function renderComposer(
    onlater = vi.fn<(body: string, dueAt: number) => Promise<void>>(() => Promise.resolve()),
  ) {
    const onsend = vi.fn<(body: string) => Promise<void>>(() => Promise.resolve())
    renderWithWords(Composer, { name: 'Juliet', draft: '', onsend, ondraft: vi.fn(), onlater })
    return { onsend, onlater, field: screen.getByRole<HTMLTextAreaElement>('textbox') }
  }

  test('offers it once there is something to send', async () => {
    const { field } = renderComposer()
    expect(screen.queryByRole('button', { name: 'Send later' })).toBeNull()
    await userEvent.type(field, 'hi')
    expect(screen.getByRole('button', { name: 'Send later' })).toBeTruthy()
  })

  test('Alt+Enter opens the times; the words go with the one that is chosen', async () => {
    const { field, onsend, onlater } = renderComposer()
    await userEvent.type(field, 'hi{Alt>}{Enter}{/Alt}')
    await userEvent.click(screen.getByRole('menuitem', { name: /Tomorrow morning, 09:00/ }))
    expect(onlater.mock.calls).toEqual([['hi', expect.any(Number), undefined]])
    expect(onsend).not.toHaveBeenCalled()
    expect(field.value).toBe('')
  })

  test('keeps the words that could not be stored', async () => {
    const { field } = renderComposer(vi.fn(() => Promise.reject(new Error('disk'))))
    await userEvent.type(field, 'hi{Alt>}{Enter}{/Alt}')
    await userEvent.click(screen.getByRole('menuitem', { name: /Tomorrow/ }))
    await vi.waitFor(() => expect(field.value).toBe('hi'))
  })
})

describe('the list', () => {
  const message = (id: number, dueAt: number) => ({
    id,
    accountId: 1,
    conversationId: 1,
    body: `words ${id}`,
    dueAt,
  })

  test('is one line until it is opened', async () => {
    const actions = { add: vi.fn(), change: vi.fn(), sendNow: vi.fn(), remove: vi.fn() }
    const scheduled = [message(1, at(22, 9)), message(2, at(23, 9))]
    renderWithWords(ScheduledList, { scheduled, now: at(21, 10), actions })
    const line = screen.getByRole('button', { name: '2 scheduled messages' })
    expect(line.getAttribute('aria-expanded')).toBe('false')
    await userEvent.click(line)
    expect(screen.getByText('Sunday 22 November, 09:00')).toBeTruthy()
    await userEvent.click(screen.getAllByRole('button', { name: 'Send now' })[0] as HTMLElement)
    await userEvent.click(screen.getAllByRole('button', { name: 'Delete' })[1] as HTMLElement)
    expect(actions.sendNow.mock.calls).toEqual([[1]])
    expect(actions.remove.mock.calls).toEqual([[2]])
  })

  test('follows what is announced, the next one first', () => {
    const store = new ScheduleStore()
    const ids = () => store.of(1).map(({ id }) => id)
    store.start(makeSnapshot({ scheduled: [message(1, 5)] }))
    const changed = (id: number, dueAt: number) =>
      store.apply({ seq: 1, name: 'schedule.changed', payload: { scheduled: message(id, dueAt) } })
    changed(2, 3)
    expect(ids()).toEqual([2, 1])
    changed(2, 9)
    expect(ids()).toEqual([1, 2])
    store.apply({ seq: 2, name: 'schedule.removed', payload: { scheduledId: 1, conversationId: 1 } })
    expect(ids()).toEqual([2])
    expect(store.of(2)).toEqual([])
  })
})
