// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { MAX_BODY_LENGTH } from '../../src-main/contract/commands.ts'
import { MAX_LENGTH, sendable } from '../../src-renderer/components/composer/composing.ts'
import Composer from '../../src-renderer/components/composer/Composer.svelte'
import { makeMessage } from './make-message.ts'
import { renderWithWords } from './render.ts'

afterEach(() => void vi.useRealTimers())

function renderComposer(part: { draft?: string; offline?: boolean } = {}) {
  const props = {
    name: 'Juliet',
    draft: '',
    onsend: vi.fn<(body: string) => Promise<void>>(() => Promise.resolve()),
    ondraft: vi.fn<(draft: string) => void>(),
    ...part,
  }
  const rendered = renderWithWords(Composer, props)
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message Juliet' })
  return { ...rendered, ...props, props, field }
}

describe('sending', () => {
  test('Enter sends and empties the field and the draft', async () => {
    const { field, onsend, ondraft } = renderComposer({ draft: 'kept' })
    await userEvent.type(field, ' words{Enter}')
    expect(onsend.mock.calls).toEqual([['kept words']])
    expect(field.value).toBe('')
    expect(ondraft.mock.lastCall).toEqual([''])
  })

  test('Shift+Enter breaks the line', async () => {
    const { field, onsend } = renderComposer()
    await userEvent.type(field, 'a{Shift>}{Enter}{/Shift}b')
    expect(onsend).not.toHaveBeenCalled()
    expect(field.value).toBe('a\nb')
  })

  test('Enter that chooses a word of an input method does not send', async () => {
    const { field, onsend } = renderComposer({ draft: 'ni' })
    await fireEvent.keyDown(field, { key: 'Enter', isComposing: true })
    await fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 })
    expect(onsend).not.toHaveBeenCalled()
    await fireEvent.keyDown(field, { key: 'Enter' })
    expect(onsend).toHaveBeenCalledOnce()
  })

  test('the button sends, and is disabled while there is nothing to send', async () => {
    const { field, onsend } = renderComposer()
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Send' })
    expect(button.disabled).toBe(true)
    await userEvent.type(field, '  \n ')
    expect(button.disabled).toBe(true)
    await userEvent.type(field, 'x')
    await userEvent.click(button)
    expect(onsend).toHaveBeenCalledOnce()
    expect(document.activeElement).toBe(field)
  })

  test('what could not be stored comes back', async () => {
    const { field, onsend } = renderComposer({ draft: 'precious' })
    onsend.mockRejectedValueOnce(new Error('disk full'))
    await userEvent.type(field, '{Enter}')
    expect(field.value).toBe('precious')
  })
})

describe('drafts', () => {
  test('are kept a moment after the last key, once', async () => {
    vi.useFakeTimers()
    const { field, ondraft } = renderComposer()
    for (const value of ['a', 'ab', 'abc']) {
      await fireEvent.input(field, { target: { value } })
      vi.advanceTimersByTime(300)
    }
    expect(ondraft).not.toHaveBeenCalled()
    vi.advanceTimersByTime(100)
    expect(ondraft.mock.calls).toEqual([['abc']])
    vi.advanceTimersByTime(5000)
    expect(ondraft).toHaveBeenCalledOnce()
  })

  test('are kept when focus leaves, and when the field goes', async () => {
    const { field, ondraft, unmount } = renderComposer()
    await userEvent.type(field, 'one')
    await fireEvent.blur(field)
    expect(ondraft.mock.calls).toEqual([['one']])
    await userEvent.type(field, ' two')
    unmount()
    expect(ondraft.mock.lastCall).toEqual(['one two'])
  })

  test('an unchanged one is not written again', async () => {
    const { field, ondraft, unmount } = renderComposer({ draft: 'same' })
    await fireEvent.focus(field)
    await fireEvent.blur(field)
    unmount()
    expect(ondraft).not.toHaveBeenCalled()
  })

  test('one from elsewhere is taken over, but never under the hands', async () => {
    const { field, props, setProps } = renderComposer({ draft: 'old' })
    await setProps({ ...props, draft: 'from the other window' })
    expect(field.value).toBe('from the other window')
    field.focus()
    await setProps({ ...props, draft: 'too late' })
    expect(field.value).toBe('from the other window')
  })
})

describe('hints', () => {
  test('offline, it says when messages go out', () => {
    const { field } = renderComposer({ offline: true })
    const note = document.getElementById(field.getAttribute('aria-describedby') ?? '')
    expect(note?.textContent).toBe('You are offline. Messages go out when you are back.')
  })

  test('near the limit it counts down; the limit is the contract’s', () => {
    expect(MAX_LENGTH).toBe(MAX_BODY_LENGTH)
    const { field, container } = renderComposer({ draft: 'x'.repeat(MAX_LENGTH - 42) })
    expect(container.textContent).toContain('42 characters left')
    expect(field.maxLength).toBe(MAX_LENGTH)
  })
})

test.each([
  ['a', 'a'],
  ['  indented\n', '  indented'],
  ['\n \n\ta\n\nb \n\n', '\ta\n\nb'],
  ['', undefined],
  [' \n\t\u3000 ', undefined],
])('of %j goes out %j', (text, body) => {
  expect(sendable(text)).toBe(body)
})

describe('an answer or another wording', () => {
  const words = makeMessage(7, { direction: 'out', body: 'wrong wrods' })

  test('the words to correct take the place of the draft, which Escape brings back', async () => {
    const { field, ondraft, props, setProps } = renderComposer({ draft: 'half a thought' })
    const onendmode = vi.fn(() => setProps({ ...props, mode: undefined }))
    await setProps({ ...props, onendmode, mode: { kind: 'correct', message: words } })
    expect(field.value).toBe('wrong wrods')
    expect(screen.getByText('Editing message')).toBeTruthy()
    await userEvent.type(field, ' and more')
    await fireEvent.blur(field)
    expect(ondraft).not.toHaveBeenCalled()
    await userEvent.type(field, '{Escape}')
    expect(onendmode).toHaveBeenCalledOnce()
    expect(field.value).toBe('half a thought')
  })

  test('a correction that could not be stored stays, and the draft still waits', async () => {
    const { field, onsend, ondraft, props, setProps } = renderComposer({ draft: 'waits' })
    onsend.mockRejectedValueOnce(new Error('disk full'))
    await setProps({ ...props, mode: { kind: 'correct', message: words } })
    await userEvent.clear(field)
    await userEvent.type(field, 'right words{Enter}')
    expect(onsend).toHaveBeenCalledWith('right words')
    expect(field.value).toBe('right words')
    await setProps({ ...props, mode: undefined })
    expect(field.value).toBe('waits')
    expect(ondraft).not.toHaveBeenCalled()
  })

  test('an answer keeps what was written, names whom it answers, and can be given up by its button', async () => {
    const message = makeMessage(8, { body: 'first line\nsecond line' })
    const { field, props, setProps } = renderComposer({ draft: 'well' })
    const onendmode = vi.fn()
    await setProps({ ...props, onendmode, mode: { kind: 'reply', message } })
    expect(field.value).toBe('well')
    expect(document.activeElement).toBe(field)
    expect(screen.getByText('Replying to Juliet')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Cancel reply' }))
    expect(onendmode).toHaveBeenCalledOnce()
  })
})
