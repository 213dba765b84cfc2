// @vitest-environment happy-dom
/** The way to a first account: a choice leads to the server's page and nowhere else, and the list is renewed by a click. */
import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { pageOfServer } from '../../src-renderer/components/onboarding/servers.ts'
import { createFakeBridge } from './fake-bridge.ts'
import { renderApp } from './render-app.ts'

const user = userEvent.setup()

const YAX = { domain: 'yax.im', country: 'DE' }
const NEW = { domain: 'new.example', country: 'NL' }

test.each([
  '',
  'localhost',
  'a b.example',
  'x.example/evil',
  'user@x.example',
  'x.example:80',
  '-x.example',
  '..',
  'javascript:alert(1)',
])('%j is no server', (name) => {
  expect(pageOfServer(name)).toBeUndefined()
})

test('a server of the list, then any other by its name', async () => {
  const bridge = createFakeBridge(
    {},
    { 'link.open': () => undefined, 'servers.list': () => ({ servers: [YAX] }) },
  )
  renderApp(bridge)
  await user.click(await screen.findByRole('button', { name: 'I have no account yet' }))
  const go = screen.getByRole<HTMLButtonElement>('button', { name: 'Open its page' })
  expect(go.disabled).toBe(true)
  await user.click(await screen.findByRole('radio', { name: /^yax\.im/ }))
  await user.click(go)
  expect(bridge.inputsOf('link.open')).toEqual([{ url: 'https://yax.im/' }])
  expect(screen.getByText(/such as name@yax\.im, sign in here/)).toBeDefined()
  await user.type(screen.getByLabelText('Or any other'), 'nonsense')
  await user.click(go)
  expect(screen.getByText(/looks like server\.example/)).toBeDefined()
  await user.clear(screen.getByLabelText('Or any other'))
  await user.type(screen.getByLabelText('Or any other'), 'Chat.Example')
  await user.click(go)
  expect(bridge.inputsOf('link.open').at(-1)).toEqual({ url: 'https://chat.example/' })
})

test('the list is renewed by a click, and stays where there is none', async () => {
  let tries = 0
  const bridge = createFakeBridge(
    {},
    {
      'servers.list': () => ({ servers: [YAX] }),
      'servers.update': () => {
        tries += 1
        if (tries === 1) throw new Error('none')
        return { servers: [NEW], updatedAt: Date.UTC(2026, 10, 21) }
      },
    },
  )
  renderApp(bridge)
  await user.click(await screen.findByRole('button', { name: 'I have no account yet' }))
  await user.click(await screen.findByRole('radio', { name: /^yax\.im/ }))
  expect(bridge.inputsOf('servers.update')).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Update the list' }))
  await screen.findByText(/no newer list/)
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /^yax\.im/ }).checked).toBe(true)
  await user.click(screen.getByRole('button', { name: 'Update the list' }))
  await screen.findByRole('radio', { name: /^new\.example/ })
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Open its page' }).disabled).toBe(true)
  expect(screen.getByText(/List of November 21, 2026/)).toBeDefined()
})
