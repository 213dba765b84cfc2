/** A new password and the end of an account, on a real server: XEP-0077 §3.2 and §3.3, also where the answer is lost. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import { createConnect } from '../../src-main/protocol/transport/xmpp-client.ts'
import { startLiveApp, type LiveApp } from '../helpers/live-app.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { startTcpProxy } from '../helpers/tcp-proxy.ts'

const WAIT = { timeout: 20_000 }

let server: Prosody
beforeAll(async () => {
  server = await startProsody({
    extraModules: ['user_account_management'],
    extraConfig: 'allow_registration = true\nregistration_whitelist = {}\n',
  })
  for (const name of ['romeo', 'juliet', 'nurse']) server.addUser(name, 'old')
})
afterAll(() => server.dispose())

/** Whether the server takes this password. */
async function isTaken(name: string, password: string): Promise<boolean> {
  const connect = createConnect({ ca: [readFileSync(server.caFile, 'utf8')] })
  const request = { jid: `${name}@${server.domain}` as BareJid, password, resource: 'look' }
  const where = { host: '127.0.0.1', port: server.tlsPort, security: 'direct-tls' } as const
  const signal = new AbortController().signal
  const stream = await connect({ ...request, ...where, signal, onStep: () => undefined }).catch(
    () => undefined,
  )
  await stream?.close()
  return stream !== undefined
}

const phaseOf = ({ app }: LiveApp) => app.state().connections[0]?.state.phase

test('the password is changed, and what was signed in stays so, also after its connection was cut', async () => {
  const cable = await startTcpProxy(server.tlsPort)
  const romeo = await startLiveApp(server, 'romeo', 'old', { port: cable.port })
  const { accountId } = romeo
  const wrong = romeo.app.changePassword({ accountId, current: 'guess', password: 'new' })
  await expect(wrong).rejects.toThrow('wrong-password')
  expect(await isTaken('romeo', 'new')).toBe(false)
  await romeo.app.changePassword({ accountId, current: 'old', password: 'new' })
  expect([await isTaken('romeo', 'old'), await isTaken('romeo', 'new')]).toEqual([false, true])
  const connections = cable.connections
  cable.cut()
  await expect.poll(() => cable.connections, WAIT).toBeGreaterThan(connections)
  await expect.poll(() => phaseOf(romeo), WAIT).toBe('online')
  await romeo.close()
  await cable.close()
})

test('the answer is lost: it signs in with the password that is right, and knows it from then on', async () => {
  const cable = await startTcpProxy(server.tlsPort)
  const juliet = await startLiveApp(server, 'juliet', 'old', { port: cable.port })
  const { accountId } = juliet
  cable.cutAfter('to-client', 0)
  await expect(juliet.app.changePassword({ accountId, current: 'old', password: 'new' })).rejects.toThrow()
  expect(await isTaken('juliet', 'new')).toBe(true)
  await expect.poll(() => phaseOf(juliet), WAIT).toBe('online')
  await juliet.app.changePassword({ accountId, current: 'new', password: 'newer' })
  expect(await isTaken('juliet', 'newer')).toBe(true)
  await juliet.close()
  await cable.close()
})

test('the account is deleted there, and then here', async () => {
  const nurse = await startLiveApp(server, 'nurse', 'old')
  await nurse.app.deleteOnServer({ accountId: nurse.accountId, keepHistory: false })
  expect(nurse.app.state().accounts).toEqual([])
  expect(await isTaken('nurse', 'old')).toBe(false)
  await nurse.close()
})
