/** RFC 5802 §5 and RFC 7677 §3 example exchanges, and what must end an exchange. */
import { describe, expect, test } from 'vitest'
import { StreamFailure } from '../../../src-main/protocol/errors.ts'
import { createScram, type ScramOptions } from '../../../src-main/protocol/sasl/scram.ts'

const sha1: ScramOptions = {
  mechanism: 'SCRAM-SHA-1',
  hash: 'sha1',
  username: 'user',
  password: 'pencil',
  binding: 'n',
  offer: { mechanisms: ['SCRAM-SHA-1'], bindings: undefined },
  nonce: 'fyko+d2lbbFgONRv9qkxdawL',
}
const challenge1 = 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096'

describe('published vectors', () => {
  test.each([
    {
      name: 'RFC 5802 §5, SHA-1',
      options: sha1,
      first: 'n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL',
      challenge: challenge1,
      final: 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
      signature: 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
    },
    {
      name: 'RFC 7677 §3, SHA-256',
      options: { ...sha1, hash: 'sha256' as const, nonce: 'rOprNGfwEbeRWgbNEkqO' },
      first: 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO',
      challenge: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
      final: 'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=', // prettier-ignore
      signature: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    },
  ])('$name', async ({ options, first, challenge, final, signature }) => {
    const scram = createScram(options)
    expect(scram.initial().toString()).toBe(first)
    expect((await scram.respond(Buffer.from(challenge))).toString()).toBe(final)
    expect(() => scram.finish(Buffer.from(signature))).not.toThrow()
  })

  test('the signature may come as a challenge, with an empty success (RFC 6120 §6.3.10)', async () => {
    const scram = createScram(sha1)
    await scram.respond(Buffer.from(challenge1))
    expect(await scram.respond(Buffer.from('v=rmF9pqV8S7suAoZWja4dJRkFsKQ='))).toHaveLength(0)
    expect(() => scram.finish(undefined)).not.toThrow()
  })
})

describe('what we send', () => {
  test('escapes = and , in the name, prepares it, and takes a fresh nonce each time', () => {
    const { nonce: _fixed, ...options } = { ...sha1, username: 'a=b,c\u00ad' }
    const [one, two] = [createScram(options), createScram(options)]
    expect(one.initial().toString()).toMatch(/^n,,n=a=3Db=2Cc,r=[A-Za-z0-9+/]{32}$/)
    expect(one.initial().toString()).not.toBe(two.initial().toString())
  })

  test('binds the channel: the flag and the data are under the proof', async () => {
    const scram = createScram({
      ...sha1,
      binding: { type: 'tls-exporter', data: Buffer.from('secret of this channel') },
    })
    expect(scram.initial().toString()).toBe('p=tls-exporter,,n=user,r=fyko+d2lbbFgONRv9qkxdawL')
    const final = (await scram.respond(Buffer.from(challenge1))).toString()
    const bound = Buffer.from(/c=([^,]*)/.exec(final)?.[1] ?? '', 'base64').toString()
    expect(bound).toBe('p=tls-exporter,,secret of this channel')
    const plain = (await createScram({ ...sha1, binding: 'y' }).respond(Buffer.from(challenge1))).toString()
    expect(plain).toContain(`c=${Buffer.from('y,,').toString('base64')},`)
  })

  test('a password that SASLprep makes the same gives the same proof', async () => {
    const proofOf = async (password: string): Promise<string> =>
      (await createScram({ ...sha1, password }).respond(Buffer.from(challenge1))).toString()
    // RFC 4013 §3: U+2168 is the Roman numeral nine.
    expect(await proofOf('\u2168')).toBe(await proofOf('IX'))
    expect(await proofOf('😀')).not.toBe(await proofOf('😁'))
  })

  test('a password that no server can have is refused before it is used', async () => {
    const failing = createScram({ ...sha1, password: 'a\u0007' }).respond(Buffer.from(challenge1))
    await expect(failing).rejects.toMatchObject({ problem: { code: 'credentials' } })
  })
})

describe('what ends an exchange', () => {
  const nonce = 'fyko+d2lbbFgONRv9qkxdawL'
  test.each([
    ['an unknown mandatory extension', `m=x,r=${nonce}x,s=QSXC,i=4096`, 'no-mechanism'],
    ['4095 iterations', `r=${nonce}x,s=QSXC,i=4095`, 'server-unproven'],
    ['more than ten million', `r=${nonce}x,s=QSXC,i=10000001`, 'server-unproven'],
    ['a count that is no number', `r=${nonce}x,s=QSXC,i=4096x`, 'server-unproven'],
    ['a salt that is not base64', `r=${nonce}x,s=!,i=4096`, 'server-unproven'],
    ['no nonce', `s=QSXC,i=4096`, 'server-unproven'],
    ['nothing', '', 'server-unproven'],
    ['an error of the server', 'e=unknown-user', 'credentials'],
  ])('%s', async (_name, challenge, code) => {
    const failing = createScram(sha1).respond(Buffer.from(challenge))
    await expect(failing).rejects.toThrow(StreamFailure)
    await expect(failing).rejects.toMatchObject({ problem: { code } })
  })

  test('an error in place of the signature', async () => {
    const scram = createScram(sha1)
    await scram.respond(Buffer.from(challenge1))
    expect(() => scram.finish(Buffer.from('e=invalid-proof'))).toThrow(/credentials/)
  })

  test('no problem tells the password', async () => {
    const failing = createScram({ ...sha1, password: 'top-secret' }).respond(Buffer.from('r=x'))
    await expect(failing).rejects.not.toThrow(/top-secret/)
  })
})
