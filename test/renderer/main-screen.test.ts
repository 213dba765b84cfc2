// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import type { Snapshot } from '../../src-main/contract/snapshot.ts'
import type { ConnectionState } from '../../src-main/model/account.ts'
import { createFakeBridge, Refusal, type FakeBridge } from './fake-bridge.ts'
import { jid, makeAccount, makeContact, makeConversation, makeRequest, ONLINE } from './make.ts'
import { renderApp } from './render-app.ts'

const user = userEvent.setup()
const HTML = '<img src=x onerror=alert(1)>'

async function open(
  part: Partial<Snapshot> = {},
  answers: Parameters<typeof createFakeBridge>[1] = {},
): Promise<FakeBridge> {
  const base = { accounts: [makeAccount()], connections: [{ accountId: 1, state: ONLINE }] }
  const bridge = createFakeBridge(
    { ...base, ...part },
    { 'conversation.page': () => ({ messages: [], hasMore: false }), ...answers },
  )
  renderApp(bridge)
  await screen.findByRole('heading', { name: 'Chats' })
  return bridge
}

function connected(state: ConnectionState): Partial<Snapshot> {
  return { connections: [{ accountId: 1, state }] }
}

describe('the connection in words', () => {
  test('nothing while it stands', async () => {
    await open()
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.queryByText(/Connecting/)).toBeNull()
    expect(screen.getByRole('button', { name: 'Your presence: Online' })).toBeDefined()
  })

  test('waiting: why, how long, and a way to try at once', async () => {
    const state = { phase: 'waiting', retryAt: Date.now() + 30_500, problem: { code: 'timeout' } } as const
    const bridge = await open(connected(state))
    // To be read, and read out.
    expect(screen.getAllByText('montague.example did not answer in time.')).toHaveLength(2)
    expect(screen.getByText(/^Again in 3[01] seconds$/)).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Try now' }))
    expect(bridge.inputsOf('account.reconnect')).toEqual([{ accountId: 1 }])
    expect(screen.getByRole('button', { name: 'Your presence: Offline' })).toBeDefined()
  })

  test('connecting for a while: said, with a way to try at once', async () => {
    const bridge = await open(connected({ phase: 'connecting', step: 'connecting' }))
    expect(screen.queryByText(/Connecting/)).toBeNull()
    await screen.findByText('Connecting to montague.example…', undefined, { timeout: 4000 })
    await user.click(screen.getByRole('button', { name: 'Try now' }))
    expect(bridge.inputsOf('account.reconnect')).toEqual([{ accountId: 1 }])
  })

  test.each(['password-missing', 'credentials'] as const)('%s: the password can be entered', async (code) => {
    const bridge = await open(connected({ phase: 'offline', problem: { code } }))
    await user.click(screen.getByRole('button', { name: 'Enter password' }))
    await user.type(screen.getByLabelText('Password'), 'secret')
    await user.click(screen.getByRole('button', { name: 'Sign in' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(bridge.inputsOf('account.enterPassword')).toEqual([
      { accountId: 1, password: 'secret', remember: true, insist: false },
    ])
  })

  test('a conflict is not fought by itself, but can be', async () => {
    const bridge = await open(connected({ phase: 'offline', problem: { code: 'conflict' } }))
    expect(screen.getAllByText(/Another device took over this connection\./)).toHaveLength(2)
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(bridge.inputsOf('account.reconnect')).toEqual([{ accountId: 1 }])
  })

  test('offline by choice', async () => {
    const bridge = await open({
      ownPresence: { show: 'offline', status: 'gone' },
      ...connected({ phase: 'offline' }),
    })
    await user.click(screen.getByRole('button', { name: 'Go online' }))
    expect(bridge.inputsOf('presence.set')).toEqual([{ show: 'online', status: 'gone' }])
  })
})

describe('a subscription request', () => {
  test('is pointed at, asks in the asker’s words, and goes on to the next', async () => {
    const bridge = await open({
      requests: [
        makeRequest('paris@verona.example', { text: HTML, nick: 'Juliet', receivedAt: 1 }),
        makeRequest('tybalt@capulet.example', { receivedAt: 2 }),
      ],
    })
    await user.click(screen.getByRole('button', { name: 'Answer…' }))
    const dialog = await screen.findByRole('dialog', { name: 'paris wants to see when you are online' })
    expect(within(dialog).getByText(`“${HTML}”`)).toBeDefined()
    expect(dialog.querySelector('img')).toBeNull()
    expect(within(dialog).getByText('Calls themselves “Juliet”')).toBeDefined()
    expect(within(dialog).getByText('1 of 2')).toBeDefined()
    await user.click(within(dialog).getByRole('button', { name: 'Accept and add to contacts' }))
    const paris = { accountId: 1, jid: 'paris@verona.example' }
    expect(bridge.inputsOf('subscription.answer')).toEqual([{ ...paris, answer: 'accept-and-add' }])
    bridge.push('subscription.answered', { accountId: 1, jid: jid(paris.jid) })
    await screen.findByRole('dialog', { name: 'tybalt wants to see when you are online' })
  })

  test('an answer that fails stays unanswered and says why', async () => {
    const refuse = () => {
      throw new Refusal({ code: 'offline' })
    }
    await open({ requests: [makeRequest('paris@verona.example')] }, { 'subscription.answer': refuse })
    await user.click(screen.getByRole('button', { name: 'Answer…' }))
    await user.click(screen.getByRole('button', { name: 'Refuse' }))
    expect((await screen.findByRole('alert')).textContent).toContain('You are offline.')
    expect(screen.getByRole('button', { name: 'Refuse' })).toBeDefined()
  })

  test('of a contact offers no adding', async () => {
    const known = makeContact('paris@verona.example', { name: 'Count Paris' })
    await open({ contacts: [known], requests: [makeRequest('paris@verona.example')] })
    await user.click(screen.getByRole('button', { name: 'Answer…' }))
    expect(screen.getByRole('dialog', { name: 'Count Paris wants to see when you are online' })).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Accept and add to contacts' })).toBeNull()
  })
})

describe('an xmpp: link', () => {
  const uri = { jid: jid('paris@verona.example'), action: 'message', body: HTML, name: '' } as const

  test('asks first; Cancel leaves no trace', async () => {
    const bridge = await open({ view: { kind: 'link', uri } })
    expect(screen.getByText(HTML)).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    const acting = ['conversation.open', 'conversation.setDraft', 'message.send', 'contact.add']
    expect(bridge.asked.filter(({ name }) => acting.includes(name))).toEqual([])
  })

  test('agreed to, it opens the chat with the words as a draft and sends nothing', async () => {
    const bridge = await open(
      { view: { kind: 'link', uri } },
      { 'conversation.open': (input) => makeConversation(9, input.jid) },
    )
    await user.click(screen.getByRole('button', { name: 'Open chat' }))
    await waitFor(() =>
      expect(bridge.inputsOf('conversation.setDraft')).toContainEqual({ conversationId: 9, draft: HTML }),
    )
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message paris' })
    expect(field.value).toBe(HTML)
    expect(bridge.inputsOf('message.send')).toEqual([])
  })

  test('that wants a contact leads to the form, which still asks', async () => {
    const bridge = await open({
      view: { kind: 'link', uri: { ...uri, action: 'roster', name: 'Your boss' } },
    })
    await user.click(screen.getByRole('button', { name: 'Add contact…' }))
    expect(screen.getByLabelText<HTMLInputElement>('XMPP address').value).toBe('paris@verona.example')
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Your boss')
    expect(bridge.inputsOf('contact.add')).toEqual([])
  })
})

describe('adding a contact', () => {
  test.each([
    ['paris', 'An XMPP address looks like name@server.example.'],
    ['Romeo@montague.example', 'This is your own address.'],
    ['juliet@capulet.example', 'Juliet is in your contacts already.'],
  ])('%s: %s', async (address, words) => {
    const bridge = await open({ contacts: [makeContact('juliet@capulet.example', { name: 'Juliet' })] })
    await user.keyboard('{Control>}n{/Control}')
    await user.type(screen.getByLabelText('XMPP address'), address)
    await user.click(screen.getByRole('button', { name: 'Add contact' }))
    expect(await screen.findByText(words)).toBeDefined()
    expect(bridge.inputsOf('contact.add')).toEqual([])
  })

  test('with a name and groups, also one that was not ended', async () => {
    const bridge = await open()
    await user.keyboard('{Control>}n{/Control}')
    await user.type(screen.getByLabelText('XMPP address'), 'paris@verona.example')
    await user.type(screen.getByLabelText('Name'), ' Count Paris ')
    await user.type(screen.getByLabelText('Groups'), 'Suitors{Enter}Verona')
    await user.click(screen.getByRole('button', { name: 'Add contact' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(bridge.inputsOf('contact.add')).toEqual([
      { accountId: 1, jid: 'paris@verona.example', name: 'Count Paris', groups: ['Suitors', 'Verona'] },
    ])
  })
})

describe('the quick switcher', () => {
  const contacts = [
    makeContact('juliet@capulet.example', { name: HTML }),
    makeContact('nurse@capulet.example'),
  ]

  test('goes where Enter says; hostile names are names', async () => {
    const bridge = await open(
      { contacts },
      { 'conversation.open': (input) => makeConversation(9, input.jid) },
    )
    await user.keyboard('{Control>}k{/Control}')
    const options = screen.getAllByRole('option')
    expect(options[0]?.textContent).toContain(HTML)
    expect(document.querySelector('img[src=x]')).toBeNull()
    await user.keyboard('nur{Enter}')
    await waitFor(() =>
      expect(bridge.inputsOf('conversation.open')).toEqual([{ accountId: 1, jid: 'nurse@capulet.example' }]),
    )
    await screen.findByRole('textbox', { name: 'Message nurse' })
  })

  test('arrows choose, around the ends', async () => {
    const bridge = await open(
      { contacts },
      { 'conversation.open': (input) => makeConversation(9, input.jid) },
    )
    await user.keyboard('{Control>}k{/Control}{ArrowUp}')
    expect(screen.getAllByRole('option').map((one) => one.getAttribute('aria-selected'))).toEqual([
      'false',
      'false',
      'true',
    ])
    await user.keyboard('{ArrowDown}{Enter}')
    await waitFor(() =>
      expect(bridge.inputsOf('conversation.open')).toEqual([{ accountId: 1, jid: 'juliet@capulet.example' }]),
    )
  })

  test('an address that is none after all is said, not swallowed', async () => {
    const refuse = () => {
      throw new Refusal({ code: 'invalid-input', detail: 'jid' })
    }
    await open({}, { 'conversation.open': refuse })
    await user.keyboard('{Control>}k{/Control}a@b.example{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('Something in the form is not right.')
  })
})

test('a command that nobody waited for says why it failed, until it is dismissed', async () => {
  const refuse = () => {
    throw new Refusal({ code: 'disk-full' })
  }
  await open({ ownPresence: { show: 'offline', status: '' } }, { 'presence.set': refuse })
  await user.click(screen.getByRole('button', { name: 'Go online' }))
  expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.')
  await user.click(screen.getByRole('button', { name: 'Dismiss' }))
  expect(screen.queryByRole('alert')).toBeNull()
})

test('signing out asks first', async () => {
  const bridge = await open()
  await user.click(screen.getByRole('button', { name: 'Settings' }))
  await user.click(screen.getByRole('tab', { name: 'Accounts' }))
  await user.click(screen.getByRole('button', { name: 'Remove…' }))
  expect(screen.getByRole('dialog', { name: 'Remove romeo@montague.example?' })).toBeDefined()
  expect(bridge.inputsOf('account.remove')).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Remove account' }))
  expect(bridge.inputsOf('account.remove')).toEqual([{ accountId: 1, keepHistory: false }])
  bridge.push('account.removed', { accountId: 1 })
  await screen.findByRole('heading', { name: 'Sign in' })
})

test('a damaged store is said, with where the old one lies', async () => {
  await open({ notices: [{ code: 'database-damaged', setAside: '/profile/linnet.damaged.db' }] })
  expect(screen.getByText(/message store was damaged/)).toBeDefined()
  expect(screen.getByText('/profile/linnet.damaged.db')).toBeDefined()
})
