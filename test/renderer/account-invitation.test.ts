// @vitest-environment happy-dom
/** An invitation to an account of a given name: its server and its name stand fast, and the token goes along. */
import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { FormField } from '../../src-main/model/form.ts'
import type { BareJid } from '../../src-main/model/jid.ts'
import type { XmppUri } from '../../src-main/model/xmpp-uri.ts'
import { createFakeBridge } from './fake-bridge.ts'
import { renderApp } from './render-app.ts'

const user = userEvent.setup()
const URI: XmppUri = {
  ...{ jid: 'juliet@chat.example' as BareJid, action: 'register', body: '', name: '' },
  ...{ preauth: 'T', opensAccount: true },
}
const field = (name: string, type: FormField['type']): FormField => ({
  ...{ name, type, label: name, description: '', required: true, values: [], options: [] },
})

test('the name that was given to the invited is filled in and sent', async () => {
  const fields = [field('username', 'text-single'), field('password', 'text-private')]
  const form = { type: 'form' as const, title: '', instructions: [], fields, columns: [], rows: [] }
  const bridge = createFakeBridge(
    {},
    {
      'invite.read': () => URI,
      'registration.begin': () => ({
        registered: false,
        instructions: '',
        kind: 'form',
        form,
        invited: true,
      }),
      'registration.submit': () => undefined,
      'registration.cancel': () => undefined,
      'account.signIn': () => {
        throw new Error('not here')
      },
    },
  )
  renderApp(bridge)
  await user.click(await screen.findByRole('button', { name: 'I have an invitation' }))
  await user.type(screen.getByLabelText('The link of the invitation'), 'xmpp:juliet@chat.example?register')
  await user.click(screen.getByRole('button', { name: 'Continue' }))
  await screen.findByText('This invitation opens an account on chat.example.')
  expect(screen.queryByRole('button', { name: 'I have an account' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Create an account on chat.example' }))
  await user.click(screen.getByRole('button', { name: 'Continue' }))
  const name = await screen.findByLabelText<HTMLInputElement>('username (needed)')
  expect([name.value, name.disabled]).toEqual(['juliet', true])
  expect(bridge.inputsOf('registration.begin')).toMatchObject([{ server: 'chat.example', preauth: 'T' }])
  await user.type(screen.getByLabelText('password (needed)'), 'but soft')
  await user.click(screen.getByRole('button', { name: 'Create account' }))
  await screen.findByText(/The account was made/)
  expect(bridge.inputsOf('registration.submit')).toMatchObject([
    { answers: [{ name: 'username', values: ['juliet'] }, { name: 'password' }] },
  ])
  expect(bridge.inputsOf('account.signIn')).toMatchObject([{ address: 'juliet@chat.example' }])
})
