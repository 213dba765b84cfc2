/** Registration before signing in (XEP-0077), over real TLS, with servers that answer oddly or not in the clear. */
import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createRegister, type ConnectOptions } from '../../../src-main/protocol/transport/xmpp-client.ts'
import type { OpenRegistration } from '../../../src-main/protocol/transport/registering.ts'
import { StanzaError, StreamFailure } from '../../../src-main/protocol/errors.ts'
import {
  certificatesFor,
  DOMAIN,
  startScripted,
  type Client,
  type ScriptedServer,
} from '../../helpers/scripted-server.ts'

let certificates: ReturnType<typeof certificatesFor>
let server: ScriptedServer
beforeAll(() => void (certificates = certificatesFor(DOMAIN)))
afterAll(() => certificates.dispose())
afterEach(() => server.close())

type Answer = (id: string) => string

const IBR = "<register xmlns='http://jabber.org/features/iq-register'/>"
const IBR_TOKEN = "<register xmlns='urn:xmpp:ibr-token:0'/>"

async function begin(
  answer: Answer,
  then: (client: Client) => Promise<void> = (client) => client.closed,
): Promise<OpenRegistration> {
  return beginWith(IBR, undefined, async (client) => {
    client.send(answer(await idOf(client, 'get')))
    await then(client)
  })
}

async function beginWith(
  features: string,
  preauth: string | undefined,
  script: (client: Client) => Promise<void>,
): Promise<OpenRegistration> {
  server = await startScripted(
    async (client) => {
      await client.startTls()
      await client.greet(features)
      await script(client)
    },
    { certificates },
  )
  const options: ConnectOptions = { ca: [certificates.ca], limits: { step: 3000 } }
  const signal = new AbortController().signal
  const where = { host: '127.0.0.1', port: server.port, security: 'starttls' } as const
  return createRegister(options)({ domain: DOMAIN, ...where, preauth, signal })
}
const idOf = async (client: Client, type: string): Promise<string> =>
  (await client.expect(new RegExp(`<iq[^>]*type="${type}"[^>]* id="([^"]+)"`)))[1] ?? ''
const result = (id: string, inside: string, from = DOMAIN): string =>
  `<iq type='result' id='${id}' from='${from}'><query xmlns='jabber:iq:register'>${inside}</query></iq>`
const FIELDS = '<instructions>Choose</instructions><username/><password/><email/>'

test('legacy fields are a form of their own, and go back as they came', async () => {
  let sent = ''
  const { registration, submit } = await begin(
    (id) => result(id, FIELDS),
    async (client) => {
      const id = await idOf(client, 'set')
      await client.expect(/<\/iq>/)
      sent = client.said
      client.send(`<iq type='result' id='${id}'/>`)
    },
  )
  expect(registration).toMatchObject({ kind: 'legacy', instructions: 'Choose' })
  expect(registration.form?.fields.map(({ name }) => name)).toEqual(['username', 'password', 'email'])
  await submit('legacy', [
    { name: 'username', type: 'text-single', values: ['bill'] },
    { name: 'password', type: 'text-private', values: ['<Calliope>'] },
  ])
  expect(sent).toContain('<username>bill</username><password>&lt;Calliope&gt;</password>')
})

test('a web page in place of a form', async () => {
  const oob = "<x xmlns='jabber:x:oob'><url>https://chat.test/join</url></x>"
  const { registration, close } = await begin((id) => result(id, `<instructions>There</instructions>${oob}`))
  expect(registration).toMatchObject({ link: { url: 'https://chat.test/join' } })
  expect(registration.form).toBeUndefined()
  close()
})

test('an answer from somebody else, and one to another question, are none', async () => {
  const others = (id: string): string =>
    result(id, '<username/><x xmlns="jabber:x:oob"><url>https://evil.example</url></x>', 'evil.example') +
    result('another', '<nick/>')
  const { registration, close } = await begin((id) => others(id) + result(id, FIELDS))
  expect(registration.form?.fields).toHaveLength(3)
  expect(registration.link).toBeUndefined()
  close()
})

test('refused: said so by the server, and it can be tried again on the same stream', async () => {
  const { submit, close } = await begin(
    (id) => result(id, FIELDS),
    async (client) => {
      const refused = await idOf(client, 'set')
      client.send(`<iq type='error' id='${refused}'><error type='cancel'><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`) // prettier-ignore
      client.send(`<iq type='result' id='${await idOf(client, 'set')}'/>`)
    },
  )
  const again = () => submit('legacy', [])
  await expect(again()).rejects.toMatchObject({ condition: 'conflict' } satisfies Partial<StanzaError>)
  await again()
  close()
})

test('refused at once: the server’s own reason, not that of a line that broke', async () => {
  const begun = begin((id) => `<iq type='error' id='${id}'><error type='cancel'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`) // prettier-ignore
  await expect(begun).rejects.toMatchObject({ condition: 'forbidden' })
})

describe('pictures in the form (XEP-0221, XEP-0231)', () => {
  const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAIAAAA8r+mnAAAAHUlEQVR42mMQEQl4/forJmLAKopTAmgMA6YQhAEAPx9SaOVF3Y0AAAAASUVORK5CYII=', 'base64') // prettier-ignore
  const CID = `sha1+${createHash('sha1').update(PICTURE).digest('hex')}@bob.xmpp.org`
  const uri = (cid: string): string =>
    `<field var='${cid.slice(0, 9)}'><media xmlns='urn:xmpp:media-element'><uri type='image/png'>cid:${cid}</uri></media></field>`
  const form = (...cids: string[]): string =>
    `<x xmlns='jabber:x:data' type='form'><field type='hidden' var='challenge'><value>1</value></field>${cids.map(uri).join('')}</x>`
  const data = (id: string, cid: string, bytes = PICTURE): string =>
    `<iq type='result' id='${id}' from='${DOMAIN}'><data xmlns='urn:xmpp:bob' cid='${cid}' type='image/png'>${bytes.toString('base64')}</data></iq>`
  const picturesOf = ({ form }: OpenRegistration['registration']): unknown[] =>
    form?.fields.flatMap(({ media }) => (media === undefined ? [] : [media.picture?.base64])) ?? []

  test('what did not come along is asked of the server, once each', async () => {
    const { registration, close } = await begin(
      (id) => result(id, form(CID, CID)),
      async (client) => {
        client.send(data(await idOf(client, 'get'), CID))
        await client.closed
      },
    )
    // Of two fields with one name the first counts.
    expect(picturesOf(registration)).toEqual([PICTURE.toString('base64')])
    close()
  })

  test('one that is refused, or is another than was asked for, is left out, and the form is there', async () => {
    const other = 'b'.repeat(9)
    const { registration, close } = await begin(
      (id) => result(id, form(CID, other)),
      async (client) => {
        client.send(data(await idOf(client, 'get'), CID, Buffer.from('not what its hash says')))
        const id = await idOf(client, 'get')
        client.send(`<iq type='error' id='${id}'><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`) // prettier-ignore
        await client.closed
      },
    )
    expect(picturesOf(registration)).toEqual([undefined, undefined])
    close()
  })

  test('another question on the same stream, after an answer that was refused', async () => {
    const { submit, renew, close } = await begin(
      (id) => result(id, form()),
      async (client) => {
        const refused = await idOf(client, 'set')
        client.send(`<iq type='error' id='${refused}'><error type='cancel'><not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`) // prettier-ignore
        client.send(result(await idOf(client, 'get'), '<instructions>Another</instructions>' + form()))
        await client.closed
      },
    )
    await expect(submit('form', [])).rejects.toMatchObject({ condition: 'not-allowed' })
    expect((await renew()).instructions).toBe('Another')
    close()
  })
})

describe('invited (XEP-0445)', () => {
  test('the token goes first, and the form after it was taken', async () => {
    let said = ''
    const { registration, close } = await beginWith(IBR_TOKEN, 'T&1', async (client) => {
      client.send(`<iq type='result' id='${await idOf(client, 'set')}' from='${DOMAIN}'/>`)
      client.send(result(await idOf(client, 'get'), FIELDS))
      said = client.said
      await client.closed
    })
    expect(registration).toMatchObject({ invited: true, instructions: 'Choose' })
    expect(said).toMatch(
      /<preauth xmlns="urn:xmpp:pars:0" token="T&amp;1"\/>.*<query xmlns="jabber:iq:register"/s,
    )
    close()
  })

  test('refused: nothing more is asked', async () => {
    const begun = beginWith(IBR_TOKEN + IBR, 'T', async (client) => {
      const id = await idOf(client, 'set')
      client.send(`<iq type='error' id='${id}'><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`) // prettier-ignore
      await client.closed
    })
    await expect(begun).rejects.toMatchObject({ condition: 'item-not-found' })
  })

  test('a server that knows no tokens gets none', async () => {
    let said = ''
    const { registration, close } = await beginWith(IBR, 'T', async (client) => {
      client.send(result(await idOf(client, 'get'), FIELDS))
      said = client.said
      await client.closed
    })
    expect(registration.invited).toBe(false)
    expect(said).not.toContain('preauth')
    close()
  })
})

test('a server that hung up meanwhile', async () => {
  const { submit } = await begin(
    (id) => result(id, FIELDS),
    (client) => {
      client.destroy()
      return Promise.resolve()
    },
  )
  await expect(submit('legacy', [])).rejects.toBeInstanceOf(StreamFailure)
})

test('no TLS: nothing is asked', async () => {
  let said = ''
  server = await startScripted(async (client) => {
    await client.greet("<register xmlns='http://jabber.org/features/iq-register'/>")
    await client.closed
    said = client.said
  })
  const where = { host: '127.0.0.1', port: server.port, security: 'starttls' } as const
  const plain = createRegister({})({ domain: DOMAIN, ...where, signal: new AbortController().signal })
  await expect(plain).rejects.toMatchObject({ problem: { code: 'no-tls' } })
  await expect.poll(() => said).toContain('<stream:stream')
  expect(said).not.toContain('<iq')
})
