// @vitest-environment happy-dom
/** Several accounts in the window: nothing of it with one, everywhere with two. */
import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { tick } from 'svelte'
import { describe, expect, test } from 'vitest'
import type { Snapshot } from '../../../src-main/contract/snapshot.ts'
import { movedTo } from '../../../src-renderer/components/accounts/moved-to.ts'
import { createFakeBridge, type FakeBridge } from '../fake-bridge.ts'
import { jid, makeAccount, makeContact, makeConversation } from '../make.ts'
import { renderApp } from '../render-app.ts'

const user = userEvent.setup()
const HOME = makeAccount()
const WORK = makeAccount({ id: 2, jid: jid('romeo@work.example'), label: 'Work', color: 'teal' })
const online = (accountId: number) => ({
  accountId,
  state: {
    ...({ phase: 'online', tls: 'TLSv1.3', mechanism: 'SCRAM-SHA-1', transport: 'tcp' } as const),
    jid: `romeo@x.example/${accountId}` as never,
  },
})

async function open(part: Partial<Snapshot>): Promise<FakeBridge> {
  const answers = { 'conversation.page': () => ({ messages: [], hasMore: false }) }
  const bridge = createFakeBridge(part, answers)
  renderApp(bridge)
  await screen.findByRole('heading', { name: 'Chats' })
  return bridge
}

const two = {
  accounts: [HOME, WORK],
  connections: [online(1), online(2)],
  contacts: [makeContact('juliet@x.example'), makeContact('juliet@x.example', { accountId: 2 })],
  conversations: [
    makeConversation(1, 'juliet@x.example', { unreadCount: 1 }),
    makeConversation(2, 'juliet@x.example', { accountId: 2, unreadCount: 2 }),
    makeConversation(3, 'paris@x.example', { accountId: 2, unreadCount: 4, request: true }),
  ],
}

test('an order with one of it somewhere else', () => {
  expect(movedTo([1, 2, 3], 3, 0)).toEqual([3, 1, 2])
  expect(movedTo([1, 2, 3], 1, 1)).toEqual([2, 1, 3])
  expect(movedTo([1, 2, 3], 1, 9)).toEqual([2, 3, 1])
  expect(movedTo([1, 2, 3], 2, -1)).toEqual([2, 1, 3])
})

describe('with two accounts', () => {
  test('the title counts both; who waits to be taken does not count', async () => {
    await open(two)
    expect(document.title).toMatch(/^\(3\)/)
    expect(screen.getByRole('button', { name: '1 message request' })).toBeDefined()
  })

  test('a dialog asks for which, and takes that of what is on screen', async () => {
    const bridge = await open({ ...two, view: { kind: 'conversation', conversationId: 2 } })
    await user.keyboard('{Control>}n{/Control}')
    const picker = screen.getByRole('combobox', { name: 'Account' })
    expect((picker as HTMLSelectElement).value).toBe('2')
    await user.selectOptions(picker, '1')
    await user.type(screen.getByLabelText('XMPP address'), 'nurse@x.example')
    await user.click(screen.getByRole('button', { name: 'Add contact' }))
    expect(bridge.inputsOf('contact.add')).toMatchObject([{ accountId: 1, jid: 'nurse@x.example' }])
  })

  test('one that failed is seen in the menu of presence, and leads to its settings', async () => {
    const failed = {
      accountId: 2,
      state: { phase: 'offline', problem: { code: 'account-disabled' } },
    } as const
    await open({ ...two, connections: [online(1), failed] })
    await user.click(screen.getByRole('button', { name: /^Your presence/ }))
    await user.click(screen.getByRole('menuitem', { name: /^Work: / }))
    expect(screen.getByRole('tab', { name: 'Accounts', selected: true })).toBeDefined()
    const current = within(screen.getByRole('list', { name: 'Accounts' })).getAllByRole('button')[1]
    expect(current?.getAttribute('aria-current')).toBe('true')
  })

  test('Alt with an arrow moves one, by keyboard alone', async () => {
    const bridge = await open(two)
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    await user.click(screen.getByRole('tab', { name: 'Accounts' }))
    within(screen.getByRole('list', { name: 'Accounts' }))
      .getAllByRole('button')[1]
      ?.focus()
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
    expect(bridge.inputsOf('account.arrange')).toEqual([{ accountIds: [2, 1] }])
  })
})

describe('accounts that are not connected', () => {
  const waiting = (accountId: number) => ({
    accountId,
    state: { phase: 'waiting', retryAt: Date.now() + 60_000, problem: { code: 'timeout' } } as const,
  })
  const failed = (accountId: number) => ({
    accountId,
    state: { phase: 'offline', problem: { code: 'credentials' } } as const,
  })
  const several = () => screen.queryByText('2 accounts are not connected.')
  const shown = (name: string): readonly HTMLElement[] =>
    screen.queryAllByRole('button', { name }).filter((button) => button.closest('[hidden]') === null)

  test('are one line; Details has what is wrong with each and what to do', async () => {
    const bridge = await open({ ...two, connections: [waiting(1), failed(2)] })
    expect(several()).not.toBeNull()
    expect([shown('Try now'), shown('Enter password')]).toEqual([[], []])
    const details = screen.getByRole('button', { name: 'Details' })
    expect(details.getAttribute('aria-expanded')).toBe('false')
    await user.click(details)
    expect(details.getAttribute('aria-expanded')).toBe('true')
    expect([shown('Try now'), shown('Enter password')].map(({ length }) => length)).toEqual([1, 1])
    await user.click(screen.getByRole('button', { name: 'Try now' }))
    expect(bridge.inputsOf('account.reconnect')).toEqual([{ accountId: 1 }])
    await user.click(details)
    expect(shown('Enter password')).toEqual([])
  })

  test('stay one line while one of them tries again, until it has got through', async () => {
    const bridge = await open({ ...two, connections: [waiting(1), waiting(2)] })
    const state = { phase: 'connecting', step: 'connecting' } as const
    bridge.push('connection.changed', { accountId: 1, state })
    await tick()
    expect(several()).not.toBeNull()
    bridge.push('connection.changed', online(1))
    await expect.poll(several).toBeNull()
    expect(shown('Try now')).toHaveLength(1)
  })

  test('one alone says at once what is wrong', async () => {
    await open({ ...two, connections: [online(1), failed(2)] })
    expect(shown('Enter password')).toHaveLength(1)
    expect(screen.queryByRole('button', { name: 'Details' })).toBeNull()
  })
})

test('with one account nothing speaks of accounts', async () => {
  await open({
    ...{ accounts: [HOME], connections: [online(1)] },
    conversations: [makeConversation(1, 'juliet@x.example')],
  })
  expect(within(screen.getByRole('listbox', { name: 'Chats' })).queryByText(/Account/)).toBeNull()
  expect(screen.queryByRole('button', { name: 'Show chats of' })).toBeNull()
  await user.keyboard('{Control>}n{/Control}')
  expect(screen.queryByRole('combobox', { name: 'Account' })).toBeNull()
})
