// The choice of the wire; happy-dom's select can't be driven, so the control itself is tested end to end.
import { describe, expect, test } from 'vitest'
import { createClient } from '../../src-renderer/bridge.ts'
import { SignInForm } from '../../src-renderer/stores/sign-in-form.svelte.ts'
import { createFakeBridge, type FakeBridge } from './fake-bridge.ts'
import { makeAccount } from './make.ts'

function fill(): { form: SignInForm; bridge: FakeBridge } {
  const bridge = createFakeBridge({}, { 'account.signIn': () => makeAccount() })
  const form = new SignInForm(createClient(bridge), () => true)
  Object.assign(form, { address: 'romeo@montague.example', password: 'secret' })
  return { form, bridge }
}

describe('WebSocket', () => {
  test('without an address leaves that to the server, and what is of TCP is left out', async () => {
    const { form, bridge } = fill()
    Object.assign(form, { transport: 'websocket', host: 'xmpp.montague.example', port: 'x' })
    expect(await form.submit()).toBe(true)
    const [sent] = bridge.inputsOf('account.signIn')
    expect(sent).toMatchObject({ transport: 'websocket' })
    expect(sent).not.toHaveProperty('host')
    expect(sent).not.toHaveProperty('port')
    expect(sent).not.toHaveProperty('webSocketUrl')
  })

  test('with an address sends it; it is forgotten where TCP is chosen', async () => {
    const { form, bridge } = fill()
    Object.assign(form, { transport: 'websocket', webSocketUrl: ' wss://montague.example:5281/ws?x ' })
    await form.submit()
    form.password = 'secret'
    form.transport = 'tcp'
    await form.submit()
    const [first, second] = bridge.inputsOf('account.signIn')
    expect(first).toMatchObject({ transport: 'websocket', webSocketUrl: 'wss://montague.example:5281/ws?x' })
    expect(second).toMatchObject({ transport: 'tcp' })
    expect(second).not.toHaveProperty('webSocketUrl')
  })

  test.each([
    'ws://a.example/',
    'javascript:alert(1)',
    'a.example',
    'wss://',
    'wss://a:b@c.example/',
    'wss://a.example/#x',
  ])('%s is wrong, and said until it is changed', async (webSocketUrl) => {
    const { form, bridge } = fill()
    Object.assign(form, { transport: 'websocket', webSocketUrl })
    expect(await form.submit()).toBe(false)
    expect(form.missing).toEqual(['webSocketUrl'])
    expect(bridge.inputsOf('account.signIn')).toEqual([])
    form.changed('webSocketUrl')
    expect(form.missing).toEqual([])
    form.stop()
  })
})
