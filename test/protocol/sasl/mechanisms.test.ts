/** Which mechanism is taken, what is said about channel binding, and what is refused. */
import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { TLSSocket } from 'node:tls'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chooseMechanism } from '../../../src-main/protocol/sasl/mechanisms.ts'
import { saslFailure } from '../../../src-main/protocol/sasl/failure.ts'
import {
  chooseBinding,
  endPointHash,
  parseBindingTypes,
} from '../../../src-main/protocol/xep-0440-channel-binding.ts'
import { xml } from '../../../src-main/protocol/xml.ts'

const binding = { type: 'tls-exporter', data: Buffer.from('x') } as const
const base = { username: 'romeo', password: 'pencil', strongestSeen: undefined }
const offerOf = (mechanisms: string[], bindings?: string[]) => ({ mechanisms, bindings })
const pick = (offered: string[], more: object = {}): string =>
  chooseMechanism({ ...base, binding: undefined, offer: offerOf(offered), ...more }).mechanism
const ALL = ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS', 'SCRAM-SHA-512', 'SCRAM-SHA-512-PLUS', 'X-OAUTH2', 'ANONYMOUS', 'EXTERNAL'] // prettier-ignore

describe('choice', () => {
  test.each([
    [ALL, { binding }, 'SCRAM-SHA-512-PLUS'],
    [ALL, {}, 'SCRAM-SHA-512'],
    [['SCRAM-SHA-1-PLUS', 'SCRAM-SHA-512'], { binding }, 'SCRAM-SHA-1-PLUS'],
    [['PLAIN', 'SCRAM-SHA-256'], {}, 'SCRAM-SHA-256'],
    [['PLAIN', 'SCRAM-SHA-1'], {}, 'SCRAM-SHA-1'],
    [['PLAIN'], {}, 'PLAIN'],
    [['PLAIN'], { strongestSeen: 'PLAIN' }, 'PLAIN'],
  ])('of %j with %j: %s', (offered, more, expected) => {
    expect(pick(offered, more)).toBe(expected)
  })

  test.each([
    [['PLAIN'], { strongestSeen: 'SCRAM-SHA-1' }],
    [['SCRAM-SHA-1-PLUS'], {}],
    [['ANONYMOUS', 'DIGEST-MD5'], {}],
    [[], {}],
  ])('of %j with %j: refused', (offered, more) => {
    expect(() => pick(offered, more)).toThrow(/^no-mechanism/)
  })

  test("gs2 flag n: it says that it can bind, and offers no -PLUS (ejabberd refuses 'y' then)", () => {
    const exchange = chooseMechanism({ ...base, binding, offer: offerOf(['SCRAM-SHA-1'], ['tls-unique']) })
    expect(exchange.initial().toString()).toMatch(/^n,,/)
  })

  test.each([
    ['y: we could, the server offers none', ['SCRAM-SHA-1'], binding, 'y,,'],
    ['n: there is nothing that we could bind to', ['SCRAM-SHA-1'], undefined, 'n,,'],
    ['n: it offers -PLUS, but no type that we have', ['SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS'], undefined, 'n,,'],
    ['p: bound', ['SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS'], binding, 'p=tls-exporter,,'],
  ])('gs2 flag %s', (_name, offered, bound, header) => {
    const exchange = chooseMechanism({ ...base, binding: bound, offer: offerOf(offered) })
    expect(exchange.initial().toString().startsWith(header)).toBe(true)
  })

  test('PLAIN is NUL name NUL password, without an authorization identity', () => {
    expect(
      chooseMechanism({ ...base, binding, offer: offerOf(['PLAIN']) })
        .initial()
        .toString(),
    ).toBe('\0romeo\0pencil')
  })
})

describe('XEP-0440', () => {
  const features = (...types: string[]): ReturnType<typeof xml> =>
    xml('features', {}, xml('sasl-channel-binding', { xmlns: 'urn:xmpp:sasl-cb:0' }, ...types.map((type) => xml('channel-binding', { type })))) // prettier-ignore
  const socket = (version: string): TLSSocket =>
    ({
      getProtocol: () => version,
      exportKeyingMaterial: (length: number, label: string) => Buffer.from(`${label} ${length}`),
      getPeerX509Certificate: () => undefined,
    }) as unknown as TLSSocket

  test('reads the announced types', () => {
    expect(parseBindingTypes(features('tls-exporter', 'tls-unique'))).toEqual(['tls-exporter', 'tls-unique'])
    expect(parseBindingTypes(xml('features'))).toBeUndefined()
  })

  test('takes tls-exporter in TLS 1.3, announced or not, and not in TLS 1.2', () => {
    const data = Buffer.from('EXPORTER-Channel-Binding 32')
    expect(chooseBinding(socket('TLSv1.3'), ['tls-exporter'])).toEqual({ type: 'tls-exporter', data })
    expect(chooseBinding(socket('TLSv1.3'), undefined)).toEqual({ type: 'tls-exporter', data })
    expect(chooseBinding(socket('TLSv1.2'), ['tls-exporter'])).toBeUndefined()
    expect(chooseBinding(socket('TLSv1.3'), ['tls-unique'])).toBeUndefined()
  })

  test.each([
    ['ec', ['-pkeyopt', 'ec_paramgen_curve:P-256', '-sha256'], 'sha256'],
    ['ec', ['-pkeyopt', 'ec_paramgen_curve:P-384', '-sha384'], 'sha384'],
    ['rsa:2048', ['-sha512'], 'sha512'],
    ['rsa:2048', ['-sha1'], 'sha256'],
    ['ed25519', [], undefined],
  ])('tls-server-end-point of a certificate of %s %j hashes with %s', (key, options, hash) => {
    const folder = mkdtempSync(join(tmpdir(), 'linnet-cert-'))
    const file = join(folder, 'c.pem')
    execFileSync('openssl', ['req', '-x509', '-newkey', key, ...options, '-nodes', '-subj', '/CN=x', '-keyout', join(folder, 'k.pem'), '-out', file], { stdio: 'ignore' }) // prettier-ignore
    const { raw } = new X509Certificate(readFileSync(file))
    rmSync(folder, { recursive: true })
    expect(endPointHash(raw)).toEqual(hash && createHash(hash).update(raw).digest())
  })

  test.each([
    [Buffer.alloc(0)],
    [Buffer.from([0x30, 0x84, 0xff])],
    [Buffer.from([0x30, 0x03, 0x30, 0x7f, 0x06])],
  ])('bytes that are no certificate have no hash', (bytes) => {
    expect(endPointHash(bytes)).toBeUndefined()
  })
})

describe('failures (RFC 6120 §6.5)', () => {
  test.each([
    ['not-authorized', 'credentials'],
    ['credentials-expired', 'credentials'],
    ['account-disabled', 'account-disabled'],
    ['invalid-mechanism', 'no-mechanism'],
    ['mechanism-too-weak', 'no-mechanism'],
    ['temporary-auth-failure', 'network'],
    ['incorrect-encoding', 'protocol'],
    ['something-new', 'credentials'],
  ])('%s is %s', (condition, code) => {
    const failure = xml('failure', {}, xml(condition), xml('text', {}, 'why\nso'))
    expect(saslFailure(failure, 'PLAIN').problem).toEqual({ code, detail: `PLAIN: ${condition}: why so` })
  })
})
