/** Certificates that do not hold, each kind real: refused, said why, and trusted only where the user compared them (S12). */
import { X509Certificate } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { certificateOfKind, KINDS, type Kind } from '../../helpers/certificate-kinds.ts'
import {
  DOMAIN,
  startScripted,
  type ScriptedServer,
  type TestCertificates,
} from '../../helpers/scripted-server.ts'
import { connectOurs, problemOf, whereAt, type OurOptions } from './fixtures.ts'

const REASONS: Readonly<Record<Exclude<Kind, 'untouched'>, string>> = {
  expired: 'CERT_HAS_EXPIRED',
  'not-yet': 'CERT_NOT_YET_VALID',
  'other-name': 'ERR_TLS_CERT_ALTNAME_INVALID',
  'self-signed': 'DEPTH_ZERO_SELF_SIGNED_CERT',
  'unknown-issuer': 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
}
const BAD = KINDS.filter((kind) => kind !== 'untouched')

let made: Record<Kind, TestCertificates>
let server: ScriptedServer | undefined
let said = ''

beforeAll(() => {
  made = Object.fromEntries(KINDS.map((kind) => [kind, certificateOfKind(kind, DOMAIN)])) as typeof made
})
afterEach(() => server?.close())

async function start(kind: Kind, secure = true): Promise<ScriptedServer> {
  said = ''
  server = await startScripted(
    async (client) => {
      if (!secure) await client.startTls()
      await client.signIn()
      said = client.said
      await client.closed
    },
    { certificates: made[kind], secure },
  )
  return server
}
const fingerprintOf = (kind: Kind): string => new X509Certificate(made[kind].cert).fingerprint256
const signIn = (kind: Kind, port: number, options: OurOptions = {}) =>
  connectOurs(port, { ca: made[kind].ca, security: 'direct-tls', ...options })

test('nothing is wrong with the one that is right', async () => {
  const { port } = await start('untouched')
  await (await signIn('untouched', port)).close()
})

describe.each(BAD)('%s', (kind) => {
  test('is refused before a word is said, with why, and all that there is to compare', async () => {
    const { port } = await start(kind)
    const { code, certificate } = await problemOf(signIn(kind, port))
    const { fingerprint256, subject, issuer, validFrom, validTo } = new X509Certificate(made[kind].cert)
    expect({ code, certificate }).toEqual({
      code: 'certificate',
      certificate: {
        reason: REASONS[kind],
        fingerprint: fingerprint256,
        subject,
        issuer,
        validFrom,
        validTo,
      },
    })
    expect(said).toBe('')
  })

  test.each([true, false])('is good where its fingerprint was compared (direct TLS: %s)', async (secure) => {
    const { port } = await start(kind, secure)
    const trustedCertificate = fingerprintOf(kind)
    const stream = await signIn(kind, port, {
      trustedCertificate,
      security: secure ? 'direct-tls' : 'starttls',
    })
    expect(stream).toMatchObject({ mechanism: 'SCRAM-SHA-1', tls: 'TLSv1.3' })
    await stream.close()
  })

  test('is refused where another one was compared, and known to be changed', async () => {
    const { port } = await start(kind)
    const trustedCertificate = fingerprintOf('untouched')
    const { code, certificate } = await problemOf(signIn(kind, port, { trustedCertificate }))
    expect(code).toBe('certificate')
    expect(certificate).toMatchObject({ fingerprint: fingerprintOf(kind), isChanged: true })
    expect(said).toBe('')
  })
})

test('one that holds needs no trust, whichever was trusted before', async () => {
  const { port } = await start('untouched')
  await (await signIn('untouched', port, { trustedCertificate: fingerprintOf('expired') })).close()
})

test('what is trusted is the certificate, not the key: the same key in another one is asked about', async () => {
  const { port } = await start('expired')
  const almost = fingerprintOf('expired').replace(/^../, (byte) => (byte === '00' ? '01' : '00'))
  expect((await problemOf(signIn('expired', port, { trustedCertificate: almost }))).code).toBe('certificate')
})

test('over WebSocket the same', async () => {
  const kind = 'self-signed'
  server = await startScripted((client) => client.signIn(), { certificates: made[kind], wire: 'websocket' })
  const where = whereAt(server.port, 'websocket')
  expect((await problemOf(signIn(kind, server.port, where))).code).toBe('certificate')
  const stream = await signIn(kind, server.port, { ...where, trustedCertificate: fingerprintOf(kind) })
  expect(stream.transport).toBe('websocket')
  await stream.close()
})
