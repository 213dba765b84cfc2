// @vitest-environment happy-dom
/** The picker and the completion, by keyboard, as assistive technology sees them. */
import { fireEvent, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import Composer from '../../src-renderer/components/composer/Composer.svelte'
import { EmojiHabits } from '../../src-renderer/components/emoji/emoji-habits.svelte.ts'
import EmojiPicker from '../../src-renderer/components/emoji/EmojiPicker.svelte'
import { loadEmoji } from '../../src-renderer/components/emoji/load-emoji.ts'
import { renderWithWords } from './render.ts'

// Reading the tables takes its time on a busy machine, and no test is about that.
beforeAll(async () => void (await loadEmoji()))
beforeEach(() => localStorage.clear())

function renderComposer(draft = '') {
  const onsend = vi.fn<(body: string) => Promise<void>>(() => Promise.resolve())
  renderWithWords(Composer, { name: 'Juliet', draft, onsend, ondraft: vi.fn() })
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message Juliet' })
  return { onsend, field }
}

describe('completion', () => {
  const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent)
  const matching = () => screen.findAllByRole('option')

  test('offers what fits, says how many, and names the active one to the field', async () => {
    const { field } = renderComposer()
    await userEvent.type(field, 'hm :smi')
    const [first] = await matching()
    expect(options().length).toBe(8)
    expect(screen.getByText(/^8 emoji match/)).toBeTruthy()
    expect(first?.getAttribute('aria-selected')).toBe('true')
    expect(field.getAttribute('aria-activedescendant')).toBe(first?.id)
    expect(field.getAttribute('aria-controls')).toBe(
      screen.getByRole('listbox', { name: 'Matching emoji' }).id,
    )
    await userEvent.type(field, ' ')
    await waitFor(() => expect(options()).toEqual([]))
    expect(field.hasAttribute('aria-activedescendant')).toBe(false)
  })

  test('arrows choose, Enter inserts and does not send', async () => {
    const { field, onsend } = renderComposer()
    await userEvent.type(field, ':tada')
    await matching()
    await userEvent.keyboard('{ArrowDown}{ArrowUp}{Enter}')
    expect(field.value).toBe('🎉')
    expect(onsend).not.toHaveBeenCalled()
    await userEvent.keyboard('{Enter}')
    expect(onsend.mock.calls).toEqual([['🎉']])
  })

  test('Tab inserts too, Esc closes and leaves the words', async () => {
    const { field } = renderComposer()
    await userEvent.type(field, ':tad')
    await matching()
    await userEvent.keyboard('{Escape}')
    expect(options()).toEqual([])
    expect(field.value).toBe(':tad')
    await userEvent.type(field, 'a')
    await matching()
    await userEvent.keyboard('{Tab}')
    expect(field.value).toBe('🎉')
    expect(document.activeElement).toBe(field)
  })

  test('a closed name becomes its emoji, an unknown one stays', async () => {
    const { field } = renderComposer()
    await userEvent.type(field, 'yes :+1:')
    await waitFor(() => expect(field.value).toBe('yes 👍'))
    await userEvent.type(field, ' :nosuchname: at 10:30:45')
    await userEvent.type(field, ' :+1:')
    await waitFor(() => expect(field.value).toBe('yes 👍 :nosuchname: at 10:30:45 👍'))
  })

  test('never in code', async () => {
    const { field } = renderComposer('```\n')
    await userEvent.type(field, ':tada: :smi')
    await userEvent.type(field, '{Backspace}')
    expect(options()).toEqual([])
    expect(field.value).toBe('```\n:tada: :sm')
  })

  test('in the tone that was chosen', async () => {
    new EmojiHabits(localStorage).setTone(3)
    const { field } = renderComposer()
    await userEvent.type(field, ':+1:')
    await waitFor(() => expect(field.value).toBe('👍🏽'))
    expect(new EmojiHabits(localStorage).recent).toEqual(['👍🏽'])
  })
})

describe('the picker', () => {
  test('opens by its button and by keys, and Esc gives the focus back', async () => {
    const { field } = renderComposer()
    const button = screen.getByRole('button', { name: 'Emoji' })
    await userEvent.click(button)
    await screen.findByRole('dialog', { name: 'Emoji' })
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Search emoji' }))
    await userEvent.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(field)
    await fireEvent.keyDown(field, { key: 'e', ctrlKey: true })
    await screen.findByRole('dialog', { name: 'Emoji' })
  })

  function renderPicker() {
    const anchor = document.body.appendChild(document.createElement('button'))
    const habits = new EmojiHabits(localStorage)
    const props = { anchor, habits, onpick: vi.fn<(text: string) => void>(), onclose: vi.fn<() => void>() }
    return { ...renderWithWords(EmojiPicker, props), ...props }
  }

  test('what is searched is inserted by Enter, in both languages', async () => {
    const { onpick, onclose } = renderPicker()
    const field = screen.getByRole('combobox', { name: 'Search emoji' })
    await userEvent.type(field, 'tada')
    await screen.findByText('1 emoji found')
    expect(field.getAttribute('aria-activedescendant')).toMatch(/-grid-0$/)
    await userEvent.keyboard('{Enter}')
    expect(onpick.mock.calls).toEqual([['🎉']])
    expect(onclose).toHaveBeenCalledOnce()
    await userEvent.clear(field)
    await userEvent.type(field, '月亮')
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}')
    expect(onpick.mock.calls.length).toBe(2)
    // With Shift it stays.
    expect(onclose).toHaveBeenCalledOnce()
  })

  test('nothing found is said', async () => {
    renderPicker()
    await userEvent.type(screen.getByRole('combobox', { name: 'Search emoji' }), 'qqqq')
    expect((await screen.findAllByText('No emoji found')).length).toBe(2)
  })

  test('the tone is chosen once for all', async () => {
    const { habits, onpick } = renderPicker()
    await userEvent.click(screen.getByRole('radio', { name: 'Dark' }))
    expect(habits.tone).toBe(5)
    await userEvent.type(screen.getByRole('combobox', { name: 'Search emoji' }), '+1{Enter}')
    await waitFor(() => expect(onpick.mock.calls).toEqual([['👍🏿']]))
    expect(new EmojiHabits(localStorage).tone).toBe(5)
  })

  test('speaks Chinese', async () => {
    const { setLocale } = renderPicker()
    await setLocale('zh-CN')
    expect(screen.getByRole('radiogroup', { name: '分类' })).toBeTruthy()
  })
})
