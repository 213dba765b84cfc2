// @vitest-environment happy-dom
/** The dialog of an invitation makes one, and another only when it is asked to. */
import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { createFakeBridge } from './fake-bridge.ts'
import { makeAccount } from './make.ts'
import { renderApp } from './render-app.ts'

test('one invitation each time', async () => {
  let made = 0
  const bridge = createFakeBridge(
    { accounts: [makeAccount()] },
    { 'invite.create': () => ({ uri: `xmpp:romeo@montague.example?roster;preauth=${++made}` }) },
  )
  const linnet = renderApp(bridge)
  await screen.findByRole('heading', { name: 'Chats' })
  linnet.navigation.dialog = { kind: 'invite', accountId: 1 }
  const link = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Link' })
  await screen.findByRole('button', { name: 'Make another' })
  expect(made).toBe(1)
  await userEvent.setup().click(screen.getByRole('button', { name: 'Make another' }))
  await expect.poll(() => link.value).toContain('preauth=2')
  expect(made).toBe(2)
})

test('what the server wants to know before it makes one is asked, and sent along', async () => {
  const field = { type: 'text-single' as const, name: 'username', label: 'Name', description: '' }
  const form = {
    ...{ type: 'form' as const, title: '', instructions: [], columns: [], rows: [] },
    fields: [{ ...field, required: true, values: [], options: [] }],
  }
  const uri = 'xmpp:montague.example?register;preauth=T'
  const sent: unknown[] = []
  const bridge = createFakeBridge(
    { accounts: [makeAccount()] },
    {
      'invite.create': () => ({ uri: 'xmpp:romeo@montague.example?roster;preauth=1' }),
      'invite.offersAccounts': () => true,
      'invite.createAccount': ({ answers }) => {
        sent.push(answers)
        return answers === undefined ? { kind: 'asked', form } : { kind: 'made', invite: { uri } }
      },
    },
  )
  const linnet = renderApp(bridge)
  await screen.findByRole('heading', { name: 'Chats' })
  linnet.navigation.dialog = { kind: 'invite', accountId: 1 }
  const user = userEvent.setup()
  const kind = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Invite to' })
  await expect.poll(() => kind.disabled).toBe(false)
  // Svelte looks for the option that is :checked, which happy-dom knows of no option.
  Object.assign(kind, { querySelector: () => kind.selectedOptions[0] })
  await user.selectOptions(kind, 'account')
  const name = await screen.findByRole('textbox', { name: /Name/ })
  await user.click(screen.getByRole('button', { name: 'Make the invitation' }))
  expect(sent).toEqual([undefined])
  await user.type(name, 'paris')
  await user.click(screen.getByRole('button', { name: 'Make the invitation' }))
  const link = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Link' })
  expect(link.value).toBe(uri)
  expect(sent[1]).toEqual([{ name: 'username', type: 'text-single', values: ['paris'] }])
})
