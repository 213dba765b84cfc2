/** XEP-0474: what the hash is of, and what a server and somebody on the way to it can do to a sign-in (attack S13). */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { confirmsOffer, hashOf } from '../../src-main/protocol/xep-0474-scram-downgrade.ts'
import {
  certificatesFor,
  DOMAIN,
  mechanisms,
  SASL,
  scram,
  startScripted,
  type Script,
  type ScriptedServer,
} from '../helpers/scripted-server.ts'
import { connectOurs, problemOf, type OurOptions } from './transport/fixtures.ts'
import type { Stream } from '../../src-main/protocol/stream.ts'

const offer = {
  mechanisms: ['SCRAM-SHA-1-PLUS', 'SCRAM-SHA-1'],
  bindings: ['tls-server-end-point', 'tls-exporter'],
}
/** §5.3 */
const EXAMPLE = 'G6k/rBLDqgOhRRaCuuatSDFkJ08='

describe('the hash', () => {
  test('is that of the example, in whatever order the lists came', () => {
    expect(hashOf('sha1', offer)).toBe(EXAMPLE)
    expect(confirmsOffer(EXAMPLE, 'sha1', offer)).toBe(true)
  })

  test.each([
    ['a mechanism less', { ...offer, mechanisms: ['SCRAM-SHA-1'] }],
    ['a type less', { ...offer, bindings: ['tls-exporter'] }],
    ['no word of types', { ...offer, bindings: undefined }],
    ['a mechanism more', { ...offer, mechanisms: [...offer.mechanisms, 'PLAIN'] }],
  ])('%s is another offer', (_name, changed) => {
    expect(confirmsOffer(EXAMPLE, 'sha1', changed)).toBe(false)
  })

  test('an empty list of types is not the same as none', () => {
    expect(hashOf('sha256', { mechanisms: ['A'], bindings: [] })).not.toBe(
      hashOf('sha256', { mechanisms: ['A'], bindings: undefined }),
    )
  })

  test('version 0.3 put commas: taken from a server, not from names that hold them', () => {
    // SHA-1 of 'SCRAM-SHA-1,SCRAM-SHA-1-PLUS|tls-exporter,tls-server-end-point'
    const earlier = 'dRc3RenuSY9ypgPpERowoaySQZY='
    expect(confirmsOffer(earlier, 'sha1', offer)).toBe(true)
    const glued = { ...offer, mechanisms: ['SCRAM-SHA-1,SCRAM-SHA-1-PLUS'] }
    expect(confirmsOffer(earlier, 'sha1', glued)).toBe(false)
  })
})

describe('a sign-in', () => {
  let certificates: ReturnType<typeof certificatesFor>
  let server: ScriptedServer
  beforeAll(() => void (certificates = certificatesFor(DOMAIN)))
  afterAll(() => certificates.dispose())
  afterEach(() => server.close())

  const WEAK = 'SCRAM-SHA-1'
  const confirmed = (...names: string[]): string =>
    `,h=${hashOf('sha1', { mechanisms: names, bindings: undefined })}`
  let proofs = 0
  let flags: string[] = []

  /** What is offered after TLS, and what the server does then. */
  async function signIn(options: OurOptions, offered: string[], then: Script): Promise<Stream> {
    proofs = 0
    flags = []
    server = await startScripted(
      async (client, number) => {
        await client.startTls()
        await client.greet(mechanisms(...offered))
        await then(client, number)
      },
      { certificates },
    )
    return connectOurs(server.port, { ca: certificates.ca, ...options })
  }
  const honestly =
    (attributes: string): Script =>
    async (client) => {
      flags.push((await scram(client, { attributes })).slice(0, 1))
      proofs += 1
      await client.bind()
    }

  test('somebody took the stronger mechanisms out: nothing is proved to anyone', async () => {
    const stripped = signIn({}, [WEAK], honestly(confirmed(WEAK, 'SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS')))
    expect(await problemOf(stripped)).toMatchObject({ code: 'tampered' })
    expect(proofs).toBe(0)
  })

  test('less than before, and the server does not say that it is so: refused', async () => {
    const weaker = signIn({ strongestSeen: 'SCRAM-SHA-256-PLUS' }, [WEAK], honestly(''))
    expect(await problemOf(weaker)).toMatchObject({
      code: 'no-mechanism',
      detail: 'only SCRAM-SHA-1 is offered now, but SCRAM-SHA-256-PLUS was before',
    })
    expect(proofs).toBe(0)
  })

  test('less than before, and the server proves that it is so: signed in, and that is known', async () => {
    const stream = await signIn({ strongestSeen: 'SCRAM-SHA-256-PLUS' }, [WEAK], honestly(confirmed(WEAK)))
    expect(stream).toMatchObject({ mechanism: WEAK, offerProven: true })
    await stream.close()
  })

  test('PLAIN where SCRAM was before: refused, before a word of it is said', async () => {
    let said = (): string => ''
    const plain = signIn({ strongestSeen: WEAK }, ['PLAIN'], async (client) => {
      said = () => client.said
      await client.closed
    })
    expect((await problemOf(plain)).code).toBe('no-mechanism')
    expect(said()).toContain('<stream:stream')
    expect(said()).not.toContain('<auth')
  })

  test('a confirmation by one who does not know the password is worth nothing', async () => {
    const forged = signIn({ strongestSeen: 'SCRAM-SHA-256' }, [WEAK], async (client) => {
      await scram(client, {
        attributes: confirmed(WEAK),
        success: () => `<success xmlns='${SASL}'>${Buffer.from('v=AAAA').toString('base64')}</success>`,
      })
    })
    expect((await problemOf(forged)).code).toBe('server-unproven')
  })

  /** As ejabberd behind a proxy: 'y' is a wrong password to it. */
  const refusingY =
    (attributes: string): Script =>
    async (client) => {
      flags.push((await scram(client, { attributes, success: () => `<failure xmlns='${SASL}'><not-authorized/></failure>` })).slice(0, 1)) // prettier-ignore
      flags.push((await scram(client, { attributes })).slice(0, 1))
      await client.bind()
    }

  test("a server that can't read gs2 flag y, and confirms that it offers nothing bound, gets n", async () => {
    const stream = await signIn({}, [WEAK], refusingY(confirmed(WEAK)))
    expect(flags).toEqual(['y', 'n'])
    expect(stream).toMatchObject({ mechanism: WEAK, offerProven: true })
    await stream.close()
  })

  test('one that confirms nothing has refused the password', async () => {
    expect((await problemOf(signIn({}, [WEAK], refusingY('')))).code).toBe('credentials')
    expect(flags).toEqual(['y'])
  })

  test('a wrong password is tried twice at most', async () => {
    const wrong = signIn({ password: 'wrong' }, [WEAK], refusingY(confirmed(WEAK)))
    expect((await problemOf(wrong)).code).toBe('credentials')
    expect(flags).toEqual(['y', 'n'])
  })
})
