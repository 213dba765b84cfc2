// @vitest-environment happy-dom
/** Answers, spoilers and pins as they are seen. */
import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import type { Message } from '../../src-main/model/message.ts'
import type { Original } from '../../src-main/model/replies.ts'
import MessageBubble from '../../src-renderer/components/message/MessageBubble.svelte'
import PinnedBar from '../../src-renderer/components/replies/PinnedBar.svelte'
import { ComposingStore } from '../../src-renderer/stores/composing.svelte.ts'
import { PinStore } from '../../src-renderer/stores/pins.svelte.ts'
import { jid } from './make.ts'
import ReplyBoxInLog from './ReplyBoxInLog.svelte'
import { makeMessage } from './make-message.ts'
import { renderWithWords } from './render.ts'

const original: Original = {
  id: 1,
  direction: 'out',
  sender: jid('romeo@montague.example'),
  body: 'Good <b>night</b>\nand more',
  sentAt: 1000,
  place: 1_000_000,
}

function renderBubble(part: Partial<Message>) {
  const props = { message: makeMessage(2, part), name: 'Juliet', first: true, last: true }
  return renderWithWords(MessageBubble, { ...props, onopenlink: vi.fn(), onretry: vi.fn() })
}

describe('beside an answer', () => {
  test('stands what it answers, as text, on one line', () => {
    renderBubble({ reply: { original } })
    const box = screen.getByRole('note', { name: 'The message that this one answers' })
    expect(box.textContent).toContain('You')
    expect(box.textContent).toContain('Good <b>night</b> and more')
    expect(box.querySelector('b')).toBeNull()
  })

  test('what is hidden stays hidden', () => {
    renderBubble({ reply: { original: { ...original, spoiler: 'the end' } } })
    expect(screen.getByRole('note').textContent).toContain('Spoiler: the end')
    expect(screen.getByRole('note').textContent).not.toContain('night')
  })

  test('is said that the original is not here, with what the answer quotes of it', () => {
    renderBubble({ reply: { quote: '> > older\n> Who said it?' } })
    const { textContent } = screen.getByRole('note')
    expect(textContent).toContain('The original message is not here')
    expect(textContent).toContain('older Who said it?')
  })
})

describe('an original that is not here', () => {
  function renderAnswer(fetchOriginal: (messageId: number) => Promise<number | undefined>) {
    const jump = vi.fn<(messageId: number) => void>()
    const box = { messageId: 2, reply: { quote: '> Who?' }, name: 'Juliet' }
    renderWithWords(ReplyBoxInLog, { box, jump, fetchOriginal })
    return jump
  }
  const load = (): HTMLElement => screen.getByRole('button', { name: /Load it from the server/ })

  test('is loaded on a wish, and shown', async () => {
    const fetchOriginal = vi.fn(() => Promise.resolve(7))
    const jump = renderAnswer(fetchOriginal)
    await userEvent.click(load())
    expect(fetchOriginal.mock.calls).toEqual([[2]])
    expect(jump.mock.calls).toEqual([[7]])
  })

  test('is said to be nowhere; after a fault it can be tried again', async () => {
    const fetchOriginal = vi
      .fn<() => Promise<number | undefined>>()
      .mockRejectedValueOnce(new Error('offline'))
      .mockResolvedValueOnce(undefined)
    renderAnswer(fetchOriginal)
    await userEvent.click(load())
    expect(load().textContent).toContain('The original message could not be loaded')
    await userEvent.click(load())
    expect(screen.getByRole('note').textContent).toContain('The server does not have the original message')
    expect(screen.queryByRole('button')).toBeNull()
  })
})

describe('a spoiler', () => {
  test('is not in the page until it is asked for, by keyboard too, and can be hidden again', async () => {
    const { container } = renderBubble({ body: '*both* die', spoiler: 'the end' })
    expect(container.textContent).not.toContain('die')
    const button = screen.getByRole('button', { name: /Spoiler: the end/ })
    expect(button.getAttribute('aria-expanded')).toBe('false')
    button.focus()
    await userEvent.keyboard('{Enter}')
    expect(container.querySelector('.text')?.textContent).toContain('*both* die')
    expect(container.querySelector('strong, .strong')).not.toBeNull()
    await userEvent.click(button)
    expect(container.textContent).not.toContain('die')
  })

  test('of hostile words stays text', () => {
    const { container } = renderBubble({ spoiler: '<img src=x onerror=alert(1)>' })
    expect(container.querySelector('img[onerror]')).toBeNull()
    expect(container.textContent).toContain('<img src=x onerror=alert(1)>')
  })
})

describe('what is pinned', () => {
  test('is stepped through, gone to, listed and unpinned', async () => {
    const onjump = vi.fn()
    const onunpin = vi.fn()
    const messages = [
      makeMessage(9, { body: 'newer', pinnedAt: 2 }),
      makeMessage(4, { body: 'older', pinnedAt: 1 }),
    ]
    renderWithWords(PinnedBar, { messages, name: 'Juliet', onjump, onunpin })
    await userEvent.click(screen.getByRole('button', { name: /Pinned message 1 of 2/ }))
    expect(onjump.mock.lastCall).toEqual([9])
    await userEvent.click(screen.getByRole('button', { name: 'Unpin' }))
    expect(onunpin.mock.lastCall).toEqual([4])
    await userEvent.click(screen.getByRole('button', { name: 'All pinned messages' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: /newer/ }))
    expect(onjump.mock.lastCall).toEqual([9])
  })

  test('follows what happens while it is fetched', async () => {
    const pins = new PinStore(1)
    const one = makeMessage(1, { pinnedAt: 5 })
    const fetched = pins.open(() => Promise.resolve([one, makeMessage(2, { pinnedAt: 3 })]))
    pins.change(makeMessage(1))
    pins.change(makeMessage(3, { pinnedAt: 9 }))
    pins.change(makeMessage(7, { pinnedAt: 9, conversationId: 2 }))
    await fetched
    expect(pins.messages.map(({ id }) => id)).toEqual([3, 2])
    pins.remove(3)
    expect(pins.messages.map(({ id }) => id)).toEqual([2])
  })
})

test('what is answered may change or go while the answer is written', () => {
  const composing = new ComposingStore()
  composing.reply(makeMessage(1))
  composing.change(makeMessage(1, { body: 'corrected' }))
  expect(composing.mode?.message.body).toBe('corrected')
  composing.remove(2)
  expect(composing.mode).toBeDefined()
  composing.remove(1)
  expect(composing.mode).toBeUndefined()
})
