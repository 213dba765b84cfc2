/** Making an account on a real server before anybody is signed in (XEP-0077 §3.1.1), and what servers say against it. */
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createCreation, type Creation } from '../../src-main/domain/registration/creation.ts'
import type { BareJid } from '../../src-main/model/jid.ts'
import { createConnect, createRegister } from '../../src-main/protocol/transport/xmpp-client.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'

let server: Prosody
let creation: Creation
beforeAll(async () => {
  server = await startProsody({
    extraConfig: 'allow_registration = true\nregistration_whitelist = {}\n',
  })
  server.addUser('taken', 'x')
  const openRegistration = createRegister({
    ca: [readFileSync(server.caFile, 'utf8')],
  })
  creation = createCreation({ openRegistration, log: () => undefined })
})
afterEach(() => creation.cancel())
afterAll(() => server.dispose())

const where = (security: 'direct-tls' | 'starttls') =>
  ({ host: '127.0.0.1', port: security === 'starttls' ? server.port : server.tlsPort, security }) as const
const filledIn = (username: string, password: string) => ({
  kind: 'form' as const,
  answers: [
    { name: 'FORM_TYPE', type: 'hidden' as const, values: ['jabber:iq:register'] },
    { name: 'username', type: 'text-single' as const, values: [username] },
    { name: 'password', type: 'text-private' as const, values: [password] },
  ],
})

async function signsIn(name: string, password: string): Promise<string> {
  const connect = createConnect({ ca: [readFileSync(server.caFile, 'utf8')] })
  const stream = await connect({
    ...{ jid: `${name}@${server.domain}` as BareJid, password, resource: 'x' },
    ...where('direct-tls'),
    ...{ signal: new AbortController().signal, onStep: () => undefined },
  })
  await stream.close()
  return stream.jid
}

test.each(['direct-tls', 'starttls'] as const)(
  '%s: it says what it wants, makes the account, and signs it in',
  async (security) => {
    const asked = await creation.begin({ server: server.domain, ...where(security) })
    expect(asked).toMatchObject({ registered: false, kind: 'form' })
    const visible = asked.form?.fields.filter(({ type }) => type !== 'hidden')
    expect(visible?.map(({ name, required }) => [name, required])).toEqual([
      ['username', true],
      ['password', true],
    ])
    await creation.submit(filledIn(`new-${security}`, 'but soft'))
    expect(await signsIn(`new-${security}`, 'but soft')).toMatch(/^new-/)
  },
)

test('a name that is taken can be mended on the same form', async () => {
  await creation.begin({ server: server.domain, ...where('direct-tls') })
  const taken = creation.submit(filledIn('taken', 'y'))
  await expect(taken).rejects.toMatchObject({ data: { code: 'refused-by-server', condition: 'conflict' } })
  await creation.submit(filledIn('free', 'y'))
  expect(await signsIn('free', 'y')).toMatch(/^free@/)
})

test('a server that gives none says so', async () => {
  const closed = await startProsody({ extraConfig: 'modules_disabled = { "s2s", "register_ibr" }\n' })
  const openRegistration = createRegister({ ca: [readFileSync(closed.caFile, 'utf8')] })
  const own = createCreation({ openRegistration, log: () => undefined })
  const begun = own.begin({
    server: closed.domain,
    host: '127.0.0.1',
    port: closed.tlsPort,
    security: 'direct-tls',
  })
  await expect(begun).rejects.toMatchObject({ data: { code: 'not-supported' } })
  await closed.dispose()
})

test('what is no server’s name is none', async () => {
  for (const name of ['romeo@chat.test', 'chat.test/x', 'not a server', '@'])
    await expect(creation.begin({ server: name, security: 'automatic' })).rejects.toThrow('invalid-address')
})

test('after it was cancelled nothing is sent any more', async () => {
  await creation.begin({ server: server.domain, ...where('direct-tls') })
  creation.cancel()
  await expect(creation.submit(filledIn('late', 'y'))).rejects.toThrow('offline')
  await expect(signsIn('late', 'y')).rejects.toThrow('credentials')
})

test('a certificate that does not hold: nothing is filled in there', async () => {
  const strict = createCreation({ openRegistration: createRegister({ ca: [] }), log: () => undefined })
  const refused = strict.begin({ server: server.domain, ...where('direct-tls') })
  await expect(refused).rejects.toMatchObject({
    data: { code: 'sign-in-failed', problem: { code: 'certificate' } },
  })
})
