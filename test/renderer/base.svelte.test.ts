// @vitest-environment happy-dom
import Bell from '@lucide/svelte/icons/bell'
import { fireEvent, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { flushSync } from 'svelte'
import { describe, expect, test, vi } from 'vitest'
import Banner from '../../src-renderer/components/base/Banner.svelte'
import Button from '../../src-renderer/components/base/Button.svelte'
import Dialog from '../../src-renderer/components/base/Dialog.svelte'
import MenuButton from '../../src-renderer/components/base/MenuButton.svelte'
import PasswordField from '../../src-renderer/components/base/PasswordField.svelte'
import SearchField from '../../src-renderer/components/base/SearchField.svelte'
import Switch from '../../src-renderer/components/base/Switch.svelte'
import TextField from '../../src-renderer/components/base/TextField.svelte'
import UnreadPill from '../../src-renderer/components/base/UnreadPill.svelte'
import Avatar from '../../src-renderer/components/presence/Avatar.svelte'
import PresenceDot from '../../src-renderer/components/presence/PresenceDot.svelte'
import { renderWithWords, textSnippet } from './render.ts'

describe('Button', () => {
  test('busy, it keeps its name and cannot be pressed', async () => {
    const onclick = vi.fn()
    renderWithWords(Button, { busy: true, onclick, children: textSnippet('Sign in') })
    const button = screen.getByRole('button', { name: 'Sign in' })
    await userEvent.click(button)
    expect(onclick).not.toHaveBeenCalled()
    expect(button.getAttribute('aria-busy')).toBe('true')
  })

  test('busy, it keeps the focus, and Enter in its form does not send again', async () => {
    const onsubmit = vi.fn((event: Event) => event.preventDefault())
    const props = { type: 'submit', busy: false, children: textSnippet('Sign in') } as const
    const { container, setProps } = renderWithWords(Button, props)
    const form = document.createElement('form')
    form.addEventListener('submit', onsubmit)
    container.replaceWith(form)
    form.append(container)
    const button = screen.getByRole('button', { name: 'Sign in' })
    await userEvent.click(button)
    await setProps({ ...props, busy: true })
    expect(document.activeElement).toBe(button)
    await userEvent.keyboard('{Enter}')
    expect(onsubmit).toHaveBeenCalledOnce()
    form.replaceWith(container)
  })
})

describe('fields', () => {
  test('hint and error describe the control; an error marks it', async () => {
    const props = { label: 'XMPP address', value: 'romeo@', hint: 'Your address' }
    const { setProps } = renderWithWords(TextField, props)
    const field = screen.getByRole('textbox', { name: 'XMPP address' })
    const note = (): string | undefined =>
      document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent
    expect(note()).toBe('Your address')
    expect(field.getAttribute('aria-invalid')).toBeNull()
    await setProps({ ...props, error: 'Not an address yet' } as typeof props)
    expect(note()).toBe('Not an address yet')
    expect(field.getAttribute('aria-invalid')).toBe('true')
  })

  test('a password is hidden until one asks to see it', async () => {
    renderWithWords(PasswordField, { label: 'Password', value: 'secret' })
    const field = screen.getByLabelText<HTMLInputElement>('Password')
    expect(field.type).toBe('password')
    await userEvent.click(screen.getByRole('button', { name: 'Show password' }))
    expect(field.type).toBe('text')
    await userEvent.click(screen.getByRole('button', { name: 'Hide password' }))
    expect(field.type).toBe('password')
  })

  test('Esc empties a search, and is for others once it is empty', async () => {
    const outer = vi.fn()
    document.addEventListener('keydown', outer)
    const oninput = vi.fn()
    renderWithWords(SearchField, { label: 'Search', value: '', oninput })
    const field = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search' })
    await userEvent.type(field, 'jul')
    outer.mockClear()
    await userEvent.keyboard('{Escape}')
    expect([field.value, oninput.mock.lastCall, outer.mock.calls.length]).toEqual(['', [''], 0])
    await userEvent.keyboard('{Escape}')
    expect(outer).toHaveBeenCalledOnce()
    document.removeEventListener('keydown', outer)
  })

  test('a switch is a switch', async () => {
    const onchange = vi.fn()
    renderWithWords(Switch, { label: 'Notifications', checked: false, onchange })
    await userEvent.click(screen.getByRole('switch', { name: 'Notifications' }))
    expect(onchange.mock.calls).toEqual([[true]])
  })
})

describe('Dialog', () => {
  function renderDialog(part: { dismissable?: boolean } = {}) {
    const onclose = vi.fn()
    const onsubmit = vi.fn()
    const props = { title: 'Remove Juliet?', onclose, onsubmit, children: textSnippet('Words'), ...part }
    return { ...renderWithWords(Dialog, props), onclose, onsubmit }
  }

  test('is modal and named by its title', () => {
    renderDialog()
    const dialog = screen.getByRole<HTMLDialogElement>('dialog', { name: 'Remove Juliet?' })
    expect(dialog.open).toBe(true)
  })

  test('the cross, Esc and a press outside ask to close', async () => {
    const { onclose } = renderDialog()
    await userEvent.click(screen.getByRole('button', { name: 'Close' }))
    const dialog = screen.getByRole('dialog')
    const esc = new Event('cancel', { cancelable: true })
    dialog.dispatchEvent(esc)
    // The owner takes it out of the tree; it does not vanish by itself.
    expect(esc.defaultPrevented).toBe(true)
    await fireEvent.mouseDown(dialog)
    expect(onclose).toHaveBeenCalledTimes(3)
    await fireEvent.mouseDown(screen.getByText('Words'))
    expect(onclose).toHaveBeenCalledTimes(3)
  })

  test('one that must be answered cannot be waved away', async () => {
    const { onclose } = renderDialog({ dismissable: false })
    const dialog = screen.getByRole('dialog')
    const esc = new Event('cancel', { cancelable: true })
    dialog.dispatchEvent(esc)
    await fireEvent.mouseDown(dialog)
    expect([esc.defaultPrevented, onclose.mock.calls.length]).toEqual([true, 0])
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull()
  })

  test('focus goes back to where it was', () => {
    const before = document.body.appendChild(document.createElement('button'))
    before.focus()
    const { unmount } = renderDialog()
    screen.getByRole('button', { name: 'Close' }).focus()
    unmount()
    expect(document.activeElement).toBe(before)
    before.remove()
  })
})

describe('MenuButton', () => {
  test('opens a named menu; arrows walk, Enter chooses, focus comes back', async () => {
    const onselect = vi.fn()
    renderWithWords(MenuButton, {
      icon: Bell,
      label: 'More',
      entries: [
        { label: 'First', onselect: () => undefined },
        'separator' as const,
        { label: 'Second', onselect },
      ],
    })
    const button = screen.getByRole('button', { name: 'More' })
    expect(button.getAttribute('aria-haspopup')).toBe('menu')
    await userEvent.click(button)
    const menu = await screen.findByRole('menu', { name: 'More' })
    expect(button.getAttribute('aria-expanded')).toBe('true')
    expect(screen.getAllByRole('menuitem').map((item) => item.textContent.trim())).toEqual([
      'First',
      'Second',
    ])
    menu.focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    expect(onselect).toHaveBeenCalledOnce()
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(button))
  })

  test('choices say which one is taken', async () => {
    renderWithWords(MenuButton, {
      icon: Bell,
      label: 'Presence',
      entries: ['Online', 'Away'].map((label) => ({
        label,
        checked: label === 'Away',
        onselect: () => undefined,
      })),
    })
    await userEvent.click(screen.getByRole('button', { name: 'Presence' }))
    const items = await screen.findAllByRole('menuitemradio')
    expect(items.map((item) => item.getAttribute('aria-checked'))).toEqual(['false', 'true'])
  })
})

test('a banner of an error is an alert; technical words wait behind a click', () => {
  renderWithWords(Banner, { kind: 'error', text: 'It failed', detail: '<b>EFAIL</b>' })
  const alert = screen.getByRole('alert')
  expect(alert.querySelector('details')?.open).toBe(false)
  expect(alert.querySelector('pre')?.textContent).toBe('<b>EFAIL</b>')
})

test('unread counts speak in whole words and never grow wide', async () => {
  const { container, setProps } = renderWithWords(UnreadPill, { count: 0 })
  expect(container.textContent.trim()).toBe('')
  await setProps({ count: 4321 })
  expect(container.querySelector('[aria-hidden]')?.textContent).toBe('999+')
  expect(container.textContent).toContain('4,321 unread messages')
})

test('every presence has a name and a shape of its own', () => {
  const shapes = (['online', 'chat', 'away', 'xa', 'dnd', 'offline'] as const).map((show) => {
    const { container, unmount } = renderWithWords(PresenceDot, { show })
    const image = screen.getByRole('img')
    const shape = [image.getAttribute('aria-label') ?? '', container.querySelector('svg')?.innerHTML ?? '']
    unmount()
    return shape
  })
  expect(shapes.map(([name]) => name)).toEqual([
    'Online',
    'Free for chat',
    'Away',
    'Away for long',
    'Do not disturb',
    'Offline',
  ])
  expect(new Set(shapes.map(([, drawing]) => drawing)).size).toBe(6)
})

test('an avatar without a name takes the address, and its colour from the address alone', () => {
  const colorOf = (name: string): string => {
    const { container, unmount } = renderWithWords(Avatar, { jid: 'nurse@capulet.example', name })
    flushSync()
    const avatar = container.querySelector<HTMLElement>('.avatar')
    const found = `${avatar?.textContent.trim()} ${avatar?.style.getPropertyValue('--disc')}`
    unmount()
    return found
  }
  expect(colorOf('')).toMatch(/^N #[0-9a-f]{6}$/)
  expect(colorOf('Angelica').slice(2)).toBe(colorOf('').slice(2))
})
