/** XEP-0484 against a server that is honest, and against those that are not; XEP-0480 likewise. */
import { pbkdf2Sync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Stream } from '../../src-main/protocol/stream.ts'
import { chooseUpgrade } from '../../src-main/protocol/xep-0480-sasl-upgrade.ts'
import {
  parseFast,
  parseToken,
  tokenMechanism,
  type FastToken,
  type FastTokens,
} from '../../src-main/protocol/xep-0484-fast.ts'
import {
  bindAfter,
  checkToken,
  failure,
  sasl2Features,
  scram2,
  scramThenTask,
  success,
} from '../helpers/scripted-sasl2.ts'
import {
  certificatesFor,
  DOMAIN,
  PASSWORD,
  startScripted,
  type Client,
  type ScriptedServer,
} from '../helpers/scripted-server.ts'
import { parseStanza } from '../helpers/stanza.ts'
import { connectOurs, problemOf, type OurOptions } from './transport/fixtures.ts'

const EXPR = 'HT-SHA-256-EXPR'
const SHA1 = ['SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS']
const EXPIRY = '2031-03-12T14:36:15Z'
const given = (token: string): string =>
  `<token xmlns='urn:xmpp:fast:0' expiry='${EXPIRY}' token='${token}'/>`

function boxOf(token?: string): FastTokens & { now: FastToken | undefined; drops: number } {
  const box = {
    now:
      token === undefined
        ? undefined
        : ({ mechanism: EXPR, token, expiresAt: Date.parse(EXPIRY) } as FastToken),
    drops: 0,
    count: 0,
    take: () => box.now && { ...box.now, count: ++box.count },
    keep: (next: FastToken) => void (box.now = next),
    drop: () => {
      box.now = undefined
      box.drops += 1
    },
  }
  return box
}

describe('what is read', () => {
  const stanza = parseStanza
  test('mechanisms that take tokens; only one that binds as this channel can is used', () => {
    const offered = parseFast(
      stanza(sasl2Features(SHA1, { fast: ['HT-SHA-256-NONE', EXPR] }).replace(/<sasl-channel.*/, '')),
    )
    expect(offered).toEqual(['HT-SHA-256-NONE', EXPR])
    const data = Buffer.from('x')
    expect(tokenMechanism(offered, { type: 'tls-exporter', data })).toBe(EXPR)
    expect(tokenMechanism(offered, { type: 'tls-server-end-point', data })).toBeUndefined()
    expect(tokenMechanism(offered, undefined)).toBeUndefined()
  })

  test.each([
    ['none', ''],
    ['no token in it', `<token xmlns='urn:xmpp:fast:0' expiry='${EXPIRY}'/>`],
    ['an empty one', given('')],
    ['one that is too long', given('x'.repeat(5000))],
    ['no time', "<token xmlns='urn:xmpp:fast:0' token='x' expiry='soon'/>"],
    ['another namespace', `<token expiry='${EXPIRY}' token='x'/>`],
  ])('no token: %s', (_name, inside) => {
    expect(parseToken(stanza(success('', inside)), EXPR)).toBeUndefined()
  })
})

describe('on the wire', () => {
  let certificates: ReturnType<typeof certificatesFor>
  let server: ScriptedServer
  beforeAll(() => void (certificates = certificatesFor(DOMAIN)))
  afterAll(() => certificates.dispose())
  afterEach(() => server.close())

  async function signIn(
    options: OurOptions,
    features: string,
    then: (client: Client) => Promise<void>,
  ): Promise<Stream> {
    server = await startScripted(
      async (client) => {
        await client.startTls()
        await client.greet(features)
        await then(client)
      },
      { certificates },
    )
    return connectOurs(server.port, { ca: certificates.ca, ...options })
  }
  const FAST = sasl2Features(SHA1, { fast: [EXPR, 'HT-SHA-256-NONE'] })

  test('a token is asked for by name, and kept as it came', async () => {
    const tokens = boxOf()
    const stream = await signIn({ tokens }, FAST, async (client) => {
      await scram2(client, given('s3cret'))
      expect(client.said).toContain(`<request-token xmlns="urn:xmpp:fast:0" mechanism="${EXPR}"/>`)
      await bindAfter(client)
    })
    expect(server.errors).toEqual([])
    expect(tokens.now).toEqual({ mechanism: EXPR, token: 's3cret', expiresAt: Date.parse(EXPIRY) })
    await stream.close()
  })

  test('it signs in alone, says its number, and gives way to the one that the server sends', async () => {
    const tokens = boxOf('s3cret')
    const stream = await signIn({ tokens, strongestSeen: 'SCRAM-SHA-512-PLUS' }, FAST, async (client) => {
      const { isRight, responder, request } = await checkToken(client, 's3cret')
      expect(request).toContain('<fast xmlns="urn:xmpp:fast:0" count="1"/>')
      client.send(isRight ? success(responder, given('n3xt')) : failure())
      await bindAfter(client)
    })
    expect(server.errors).toEqual([])
    expect(stream).toMatchObject({ mechanism: EXPR, offerProven: false })
    expect(tokens.now?.token).toBe('n3xt')
    await stream.close()
  })

  test.each(['credentials-expired', 'not-authorized', 'malformed-request'])(
    '%s: dropped, and the password goes on',
    async (condition) => {
      const tokens = boxOf('old')
      const stream = await signIn({ tokens }, FAST, async (client) => {
        await checkToken(client, 'old')
        client.send(failure(condition))
        await scram2(client)
        await bindAfter(client)
      })
      expect(stream.mechanism).toBe('SCRAM-SHA-1-PLUS')
      expect(tokens).toMatchObject({ drops: 1, now: undefined })
      await stream.close()
    },
  )

  test('the server is not well: neither dropped nor replaced by the password', async () => {
    const tokens = boxOf('s3cret')
    const failed = signIn({ tokens }, FAST, async (client) => {
      await checkToken(client, 's3cret')
      client.send(failure('temporary-auth-failure'))
    })
    expect((await problemOf(failed)).code).toBe('network')
    expect(tokens.drops).toBe(0)
  })

  test.each([
    ['another proof', success('x'.repeat(32))],
    ['our own proof sent back', undefined],
    [
      'no proof',
      `<success xmlns='urn:xmpp:sasl:2'><authorization-identifier>romeo@${DOMAIN}</authorization-identifier></success>`,
    ],
  ])('a server that does not know the token is none of ours: %s', async (_name, answer) => {
    const tokens = boxOf('s3cret')
    const failed = signIn({ tokens }, FAST, async (client) => {
      const { request } = await checkToken(client, 's3cret')
      const own = Buffer.from(/<initial-response>([^<]+)/.exec(request)?.[1] ?? '', 'base64').subarray(
        'romeo\0'.length,
      )
      client.send(answer ?? success(own))
    })
    expect((await problemOf(failed)).code).toBe('server-unproven')
  })

  test('one who has the certificate and offers only what is not bound gets no proof of the token', async () => {
    const tokens = boxOf('s3cret')
    const stream = await signIn(
      { tokens },
      sasl2Features(SHA1, { fast: ['HT-SHA-256-NONE'] }),
      async (client) => {
        await scram2(client)
        expect(client.said).not.toMatch(/HT-SHA|urn:xmpp:fast/)
        await bindAfter(client)
      },
    )
    expect(server.errors).toEqual([])
    expect(tokens.drops).toBe(0)
    await stream.close()
  })

  describe('upgrades', () => {
    const UPGRADE = "<upgrade xmlns='urn:xmpp:sasl:upgrade:0'>UPGR-SCRAM-SHA-512</upgrade>"
    const SALT = Buffer.from('A_SXCRXQ6sek8bf_Z')
    const salt = (iterations: number): string =>
      `<task-data xmlns='urn:xmpp:sasl:2'><salt xmlns='urn:xmpp:scram-upgrade:0' iterations='${iterations}'>` +
      `${SALT.toString('base64')}</salt></task-data>`
    const offer = (...names: string[]): string => sasl2Features(names, { extra: UPGRADE })
    const TWO = offer(...SHA1, 'SCRAM-SHA-256')

    test('gives the key of the stronger hash to a server that has proved itself', async () => {
      let key = ''
      const stream = await signIn({}, TWO, async (client) => {
        await scramThenTask(client, 'UPGR-SCRAM-SHA-512')
        await client.expect(/<next [^>]*task="UPGR-SCRAM-SHA-512"\/>/)
        client.send(salt(4096))
        key = (await client.expect(/<hash xmlns="urn:xmpp:scram-upgrade:0">([^<]+)<\/hash>/))[1] ?? ''
        client.send(success(''))
        await bindAfter(client)
      })
      expect(key).toBe(pbkdf2Sync(PASSWORD, SALT, 4096, 64, 'sha512').toString('base64'))
      await stream.close()
    })

    test('an iteration count that makes the key easy to guess from gets none', async () => {
      const failed = signIn({}, TWO, async (client) => {
        await scramThenTask(client, 'UPGR-SCRAM-SHA-512')
        await client.expect(/<next /)
        client.send(salt(1))
      })
      expect((await problemOf(failed)).code).toBe('protocol')
    })

    test('a task that nobody asked for is refused', async () => {
      const failed = signIn({}, FAST, (client) =>
        scramThenTask(client, 'UPGR-SCRAM-SHA-512').then(() => undefined),
      )
      expect((await problemOf(failed)).code).toBe('no-mechanism')
    })

    test.each([
      ['bound, several hashes', [...SHA1, 'SCRAM-SHA-256'], 'SCRAM-SHA-1-PLUS', 'sha512'],
      ['not bound: whoever listens would have the key', [...SHA1, 'SCRAM-SHA-256'], 'SCRAM-SHA-1', undefined],
      ['by PLAIN', ['PLAIN', ...SHA1, 'SCRAM-SHA-256'], 'PLAIN', undefined],
      ['one hash alone', SHA1, 'SCRAM-SHA-1-PLUS', undefined],
      ['it has that hash', [...SHA1, 'SCRAM-SHA-512'], 'SCRAM-SHA-1-PLUS', undefined],
    ])('%s', (_name, names, used, hash) => {
      const authentication = parseStanza(offer(...names).replace(/<sasl-channel.*/, ''))
      expect(chooseUpgrade(authentication, names, used)?.hash).toBe(hash)
    })
  })
})
