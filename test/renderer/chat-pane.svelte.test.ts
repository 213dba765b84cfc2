// @vitest-environment happy-dom
import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import type { AppEvents } from '../../src-main/model/events.ts'
import type { Message, MessagePage } from '../../src-main/model/message.ts'
import type { ChatActions } from '../../src-renderer/screens/chat-pane.types.ts'
import ChatPane from '../../src-renderer/screens/ChatPane.svelte'
import { makeMessage } from './make-message.ts'
import { makeConversation } from './make.ts'
import { renderWithWords } from './render.ts'

const NOTHING: MessagePage = { messages: [], hasMore: false }

function fakeActions(part: Partial<ChatActions> = {}) {
  const added = new Set<(payload: AppEvents['message.added']) => void>()
  const nothing = (): void => undefined
  const actions: ChatActions = {
    page: () => Promise.resolve(NOTHING),
    loadOlder: () => Promise.resolve({ added: 0, more: false }),
    markRead: nothing,
    saveDraft: nothing,
    send: () => Promise.resolve(),
    setPinned: nothing,
    listPinned: () => Promise.resolve([]),
    deeds: {
      ...{ retract: nothing, react: nothing, forget: nothing, retryDeeds: nothing, dropDeeds: nothing },
      versions: () => Promise.resolve([]),
    },
    retry: nothing,
    setChatState: nothing,
    discard: nothing,
    openLink: nothing,
    copyText: nothing,
    on: (name, listener) => {
      const own = listener as (payload: AppEvents['message.added']) => void
      if (name === 'message.added') added.add(own)
      return () => void added.delete(own)
    },
    ...part,
  }
  const arrive = (message: Message): void => {
    for (const listener of added) listener({ message })
  }
  return { actions, added, arrive }
}

function renderPane(part: Record<string, unknown> = {}, actionPart: Partial<ChatActions> = {}) {
  const fake = fakeActions(actionPart)
  const props = {
    conversation: makeConversation(1, 'juliet@capulet.example'),
    name: 'Juliet',
    show: 'away' as const,
    status: 'on the balcony',
    offline: false,
    inContacts: true,
    actions: fake.actions,
    ...part,
  }
  return { ...renderWithWords(ChatPane, props), ...fake, props }
}

describe('header', () => {
  test('says that they type, in place of how available they are', () => {
    renderPane({ typing: true })
    expect(screen.getByText('typing')).toBeTruthy()
    expect(screen.queryByText('on the balcony')).toBeNull()
  })

  test('says who, how available, and with which words', () => {
    renderPane()
    expect(screen.getByRole('heading', { name: 'Juliet' }).getAttribute('title')).toBe(
      'juliet@capulet.example',
    )
    expect(screen.getByText('on the balcony').closest('p')?.textContent).toMatch(/^Away/)
  })

  test('shows the address where presence is not ours to see', () => {
    renderPane({ show: undefined, status: undefined })
    expect(screen.getByText('juliet@capulet.example')).toBeTruthy()
  })

  test('hostile names and statuses stay text', () => {
    const name = '<img src=x onerror=alert(1)>'
    const { container } = renderPane({ name, status: name })
    expect(container.querySelector('img')).toBeNull()
    expect(screen.getByRole('heading').textContent).toBe(name)
  })

  test('offers only what the window can do', async () => {
    const contactDetails = vi.fn()
    const { unmount } = renderPane()
    await screen.findByText('No messages yet')
    expect(screen.queryByRole('button', { name: 'Conversation menu' })).toBeNull()
    expect(screen.queryByRole('button', { name: 'Open in its own window' })).toBeNull()
    unmount()
    renderPane({}, { contactDetails })
    await userEvent.click(screen.getByRole('button', { name: 'Conversation menu' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Contact details…' }))
    expect(contactDetails).toHaveBeenCalledOnce()
  })
})

test('a stranger is said to be one, and can be added', async () => {
  const addContact = vi.fn()
  renderPane({ inContacts: false }, { addContact })
  expect(screen.getByText('juliet@capulet.example is not in your contacts.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Add contact' }))
  expect(addContact).toHaveBeenCalledOnce()
})

describe('the log', () => {
  test('an empty conversation says so, until the first message comes', async () => {
    const { arrive } = renderPane()
    expect(await screen.findByText('No messages yet')).toBeTruthy()
    arrive(makeMessage(1))
    expect(await screen.findByRole('log', { name: 'Messages with Juliet' })).toBeTruthy()
    expect(screen.queryByText('No messages yet')).toBeNull()
  })

  test('what could not be loaded can be tried again', async () => {
    const page = vi
      .fn<ChatActions['page']>()
      .mockRejectedValueOnce(new Error('disk'))
      .mockResolvedValue(NOTHING)
    renderPane({}, { page })
    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }))
    expect(await screen.findByText('No messages yet')).toBeTruthy()
    expect(page.mock.calls).toEqual([[{ limit: 50 }], [{ limit: 50 }]])
  })

  test('leaving it ends its listening', async () => {
    const { added, unmount } = renderPane()
    expect(added.size).toBe(1)
    unmount()
    expect(added.size).toBe(0)
    await Promise.resolve()
  })
})

describe('writing', () => {
  test('what is sent goes out once', async () => {
    const send = vi.fn<ChatActions['send']>(() => Promise.resolve())
    renderPane({}, { send })
    await userEvent.type(screen.getByRole('textbox', { name: 'Message Juliet' }), 'Hist!{Enter}')
    expect(send.mock.calls).toEqual([['Hist!', {}]])
  })

  test('a draft is there again, and kept when one leaves', async () => {
    const conversation = makeConversation(1, 'juliet@capulet.example', { draft: 'half a' })
    const saveDraft = vi.fn<ChatActions['saveDraft']>()
    const { unmount } = renderPane({ conversation }, { saveDraft })
    await userEvent.type(screen.getByRole('textbox'), ' word')
    unmount()
    expect(saveDraft.mock.lastCall).toEqual(['half a word'])
  })
})
