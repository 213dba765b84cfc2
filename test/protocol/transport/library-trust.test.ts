/** Faults of @xmpp/client 0.14 in whom it trusts: each shown with the library as it comes, and ours beside it. */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { connectOurs, createLibrary, problemOf, within } from './fixtures.ts'
import {
  BIND,
  certificatesFor,
  DOMAIN,
  mechanisms,
  SASL,
  scram,
  startScripted,
  type ScramFaults,
  type Script,
  type ScriptedServer,
  type TestCertificates,
} from '../../helpers/scripted-server.ts'

const certificates = certificatesFor(DOMAIN)
const servers: ScriptedServer[] = []
afterAll(() => certificates.dispose())
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function start(
  script: Script,
  options: { secure?: boolean; as?: TestCertificates } = {},
): Promise<ScriptedServer> {
  // prettier-ignore
  const server = await startScripted(script, { certificates: options.as ?? certificates, ...options })
  servers.push(server)
  return server
}

/** A server that does not know the password and says that all is well. */
const falseServer: Partial<ScramFaults> = {
  challenge: () => `r=another-nonce,s=${Buffer.from('salt').toString('base64')},i=1`,
  success: () => `<success xmlns='${SASL}'/>`,
}

describe('2: a server that does not know the password', () => {
  test('the library signs in to it, in SASL', async () => {
    const { port } = await start((client) => client.signIn(falseServer))
    const entity = createLibrary(port)
    expect(String(await within(entity.start(), 5000))).toBe(`romeo@${DOMAIN}/x`)
    await within(entity.stop(), 100)
  })

  test('the library signs in to it, in SASL2', async () => {
    const { port } = await start(falseSasl2)
    const entity = createLibrary(port)
    expect(String(await within(entity.start(), 5000))).toBe(`romeo@${DOMAIN}/x`)
    await within(entity.stop(), 100)
  })

  const signed = (data: string): string =>
    `<success xmlns='${SASL}'>${Buffer.from(data).toString('base64')}</success>`
  const salt = Buffer.from('salt').toString('base64')
  test.each<[string, Partial<ScramFaults>]>([
    ['with another nonce', { challenge: () => `r=another-nonce,s=${salt},i=4096` }],
    ['with our nonce and nothing added', { challenge: (nonce) => `r=${nonce},s=${salt},i=4096` }],
    ['with one iteration', { challenge: (nonce) => `r=${nonce}x,s=${salt},i=1` }],
    ['with a billion iterations', { challenge: (nonce) => `r=${nonce}x,s=${salt},i=1000000000` }],
    ['without a salt', { challenge: (nonce) => `r=${nonce}x,s=,i=4096` }],
    ['without a signature', { success: () => `<success xmlns='${SASL}'/>` }],
    ['with a wrong signature', { success: () => signed(`v=${Buffer.alloc(20).toString('base64')}`) }],
    ['with a short signature', { success: (signature) => signed(`v=${signature.slice(0, 4)}`) }],
    ['with the signature of another password', { password: 'not it', success: (signature) => signed(`v=${signature}`) }], // prettier-ignore
    ['with nothing right', falseServer],
  ])('ours refuses it %s', async (_name, faults) => {
    const server = await start(async (client) => {
      await client.startTls()
      await client.greet(mechanisms('SCRAM-SHA-1'))
      await scram(client, faults)
    })
    const problem = await problemOf(connectOurs(server.port, { ca: certificates.ca }))
    expect(problem.code).toBe('server-unproven')
  })

  test('ours refuses a success before anything was proved', async () => {
    const { port } = await start(async (client) => {
      await client.startTls()
      await client.greet(mechanisms('SCRAM-SHA-1'))
      await client.expect(/<auth /)
      client.send(`<success xmlns='${SASL}'/>`)
    })
    expect((await problemOf(connectOurs(port, { ca: certificates.ca }))).code).toBe('server-unproven')
  })

  test('ours refuses it in SASL2', async () => {
    const { port } = await start(async (client) => {
      await client.startTls()
      await falseSasl2(client, 1)
    })
    expect((await problemOf(connectOurs(port, { ca: certificates.ca }))).code).toBe('server-unproven')
  })

  test('ours signs in to an honest one', async () => {
    const { port } = await start(async (client) => {
      await client.startTls()
      await client.signIn()
    })
    const stream = await connectOurs(port, { ca: certificates.ca })
    expect(stream).toMatchObject({ jid: `romeo@${DOMAIN}/x`, mechanism: 'SCRAM-SHA-1', tls: 'TLSv1.3' })
    await stream.close()
  })
})

/** SASL2 with Bind 2, by a server that makes everything up. */
const falseSasl2: Script = async (client) => {
  const [NS, NS_BIND] = ['urn:xmpp:sasl:2', 'urn:xmpp:bind:0']
  await client.greet(
    `<authentication xmlns='${NS}'><mechanism>SCRAM-SHA-1</mechanism><inline><bind xmlns='${NS_BIND}'/></inline></authentication>`,
  )
  await client.expect(/<authenticate[\s\S]*<\/authenticate>/)
  const challenge = Buffer.from(`r=another-nonce,s=${Buffer.from('salt').toString('base64')},i=1`)
  client.send(`<challenge xmlns='${NS}'>${challenge.toString('base64')}</challenge>`)
  await client.expect(/<response[\s\S]*<\/response>/)
  client.send(
    `<success xmlns='${NS}'><authorization-identifier>romeo@${DOMAIN}/x</authorization-identifier>` +
      `<bound xmlns='${NS_BIND}'/></success><stream:features/>`,
  )
}

describe('3: STARTTLS', () => {
  test('the library signs in without it when it was stripped', async () => {
    const server = await start(async (client) => {
      await client.greet(mechanisms('SCRAM-SHA-1'))
      await scram(client)
      client.destroy()
    })
    const entity = createLibrary(server.port)
    await within(entity.start(), 1000)
    expect(server.errors).toEqual([])
  })

  test.each([
    ['SASL', mechanisms('SCRAM-SHA-1', 'PLAIN')],
    ['SASL2', "<authentication xmlns='urn:xmpp:sasl:2'><mechanism>PLAIN</mechanism></authentication>"],
    ['binding at once', BIND],
  ])('ours refuses a server that offers %s without it, and says nothing', async (_name, features) => {
    let said = ''
    const { port } = await start(async (client) => {
      await client.greet(features)
      await client.closed
      said = client.said
    })
    expect((await problemOf(connectOurs(port, { ca: certificates.ca }))).code).toBe('no-tls')
    await expect.poll(() => said).toContain('<stream:stream')
    // Not even who we are is said in the clear (RFC 6120 §4.7.1).
    expect(said).not.toMatch(/auth|romeo|bind/)
  })

  test('ours refuses a server that fails it', async () => {
    const { port } = await start(async (client) => {
      await client.greet("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
      await client.expect(/<starttls/)
      client.send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
    })
    expect((await problemOf(connectOurs(port, { ca: certificates.ca }))).code).toBe('no-tls')
  })

  test.each([`<success xmlns='${SASL}'/>`, '<', ' '])('ours refuses %j behind <proceed/>', async (early) => {
    const { port } = await start(async (client) => {
      await client.greet("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
      await client.expect(/<starttls/)
      client.send(`<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>${early}`)
    })
    const problem = await problemOf(connectOurs(port, { ca: certificates.ca }))
    expect(problem).toMatchObject({ code: 'protocol', detail: expect.stringContaining('proceed') as string })
  })
})

describe('4: the certificate', () => {
  const forLocalhost = certificatesFor('localhost')
  afterAll(() => forLocalhost.dispose())

  test('the library checks it against the host it was told, not the XMPP domain', async () => {
    const server = await start((client) => client.signIn(), { secure: true, as: forLocalhost })
    // In a process of its own: the library has no option for an authority of the test's.
    const program = `
      import { client } from '@xmpp/client'
      const entity = client({ service: 'xmpps://localhost:${server.port}', domain: '${DOMAIN}', username: 'romeo', password: 'pencil' })
      entity.on('error', () => {})
      console.log(String(await entity.start()))
      process.exit()`
    const args = ['--input-type=module', '--eval', program]
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificateFile(forLocalhost) }
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, timeout: 10_000 })
    expect(stdout.trim()).toBe(`romeo@${DOMAIN}/x`)
  })

  test.each(['direct-tls', 'starttls'] as const)(
    'ours refuses one for another name (%s), and tells which it is',
    async (security) => {
      const secure = security === 'direct-tls'
      const server = await start((client) => (secure ? client.signIn() : client.startTls()), { secure, as: forLocalhost }) // prettier-ignore
      const options = { ca: forLocalhost.ca, security, host: 'localhost' }
      expect(await problemOf(connectOurs(server.port, options))).toMatchObject({
        code: 'certificate',
        certificate: {
          reason: 'ERR_TLS_CERT_ALTNAME_INVALID',
          subject: 'CN=localhost',
          issuer: 'CN=Linnet test authority',
          fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/) as string,
        },
      })
    },
  )

  test('ours refuses one of an authority that is not trusted, and tries no other way', async () => {
    const server = await start(() => Promise.resolve(), { secure: true })
    const problem = await problemOf(connectOurs(server.port, { security: 'automatic', port: server.port }))
    expect(problem.code).not.toBe('credentials')
    const direct = await problemOf(connectOurs(server.port, { security: 'direct-tls' }))
    expect(direct).toMatchObject({
      code: 'certificate',
      certificate: { reason: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    })
  })

  test('ours refuses TLS 1.1', async () => {
    const server = await startScripted((client) => client.signIn(), {
      certificates,
      secure: true,
      context: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    })
    servers.push(server)
    const problem = await problemOf(connectOurs(server.port, { security: 'direct-tls', ca: certificates.ca }))
    expect(problem.code).toBe('protocol')
  })
})

function certificateFile({ caFile, ca }: TestCertificates): string {
  writeFileSync(caFile, ca)
  return caFile
}

describe('9: see-other-host before TLS', () => {
  const elsewhere =
    (port: number): Script =>
    async (client) => {
      await client.expect(/<stream:stream[^>]*>/)
      client.send(
        "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>" +
          `<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>127.0.0.1:${port}</see-other-host></stream:error>`,
      )
    }

  test('the library follows it', async () => {
    const attacker = await start(() => Promise.resolve())
    const server = await start(elsewhere(attacker.port))
    const entity = createLibrary(server.port, { timeout: 300 })
    void entity.start().catch(() => undefined)
    await expect.poll(() => attacker.connections, { timeout: 3000 }).toBe(1)
  })

  test('ours reports it', async () => {
    const attacker = await start(() => Promise.resolve())
    const server = await start(elsewhere(attacker.port))
    expect(await problemOf(connectOurs(server.port))).toMatchObject({
      code: 'policy',
      detail: expect.stringContaining('see-other-host') as string,
    })
    expect(attacker.connections).toBe(0)
  })
})
