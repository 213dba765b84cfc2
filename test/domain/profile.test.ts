/**
 * The own name and picture: published, put into the vCard where the server does not do that itself (XEP-0398), and told to
 * rooms and contacts.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Element } from '../../src-main/protocol/xml.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { makePng } from '../helpers/picture.ts'
import { answerRoster, NOW, result, ROMEO, setStage, settle, type Stage } from './stage.ts'

const FACE = makePng(8, [200, 30, 60])
const INFO = 'http://jabber.org/protocol/disco#info'
const PUBSUB = 'http://jabber.org/protocol/pubsub'
const DATA = 'urn:xmpp:avatar:data'
const METADATA = 'urn:xmpp:avatar:metadata'
const NICK = 'http://jabber.org/protocol/nick'
const PEP = `<identity category='pubsub' type='pep'/>`
const CONVERTS = `<feature var='urn:xmpp:pep-vcard-conversion:0'/>`
const VCARD = `<vCard xmlns='vcard-temp'><FN>Romeo Montague</FN><TITLE>Lover</TITLE><PHOTO><BINVAL>AA==</BINVAL></PHOTO></vCard>`

/** A server that answers what it is asked of our account, with the vCard it was given last. */
class Server {
  readonly sets: Element[] = []
  vcard = VCARD
  refuses: (request: Element) => string | undefined = () => undefined
  constructor(
    readonly stream: FakeStream,
    readonly offers: string,
    readonly nodes: Readonly<Record<string, string>> = {},
  ) {}

  /** Until nothing is asked any more. */
  async run(before: readonly Element[] = []): Promise<readonly Element[]> {
    const others: Element[] = []
    for (let round = 0; round < 20; round += 1) {
      await settle()
      const sent = [...(round === 0 ? before : []), ...this.stream.sent()]
      if (sent.length === 0) break
      for (const each of sent) {
        if (isOfProfile(each)) this.#answer(each)
        else others.push(each)
      }
    }
    return others
  }

  #answer(request: Element): void {
    const condition = this.refuses(request)
    const payload = condition === undefined ? this.#payload(request) : undefined
    if (request.attrs['type'] === 'set') this.sets.push(request)
    const from = request.attrs['to'] === undefined ? '' : `from='${String(request.attrs['to'])}' `
    this.stream.receive(
      payload === undefined
        ? `<iq ${from}type='error' id='${String(request.attrs['id'])}'><error type='cancel'>
            <${condition ?? 'item-not-found'} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`
        : result(request, payload).replace('<iq ', `<iq ${from}`),
    )
  }

  #payload(request: Element): string | undefined {
    if (request.getChild('query', INFO)) return `<query xmlns='${INFO}'>${PEP_OR(this.offers)}</query>`
    const vcard = request.getChild('vCard', 'vcard-temp')
    if (vcard && request.attrs['type'] === 'set') this.vcard = vcard.toString()
    if (vcard) return this.vcard
    if (request.attrs['type'] === 'set') return ''
    const asked = request.getChild('pubsub')?.getChildElements()[0]
    return this.nodes[`${asked?.getName() ?? ''} ${String(asked?.attrs['node'])}`]
  }

  /** The payload of the item that was published into a node, the options with it. */
  published(
    node: string,
  ): { readonly id: string; readonly payload: string; readonly access: string } | undefined {
    const pubsubs = this.sets.flatMap((each) => each.getChild('pubsub', PUBSUB) ?? [])
    const pubsub = pubsubs.findLast((each) => each.getChild('publish')?.attrs['node'] === node)
    const item = pubsub?.getChild('publish')?.getChild('item')
    const fields = pubsub?.getChild('publish-options')?.getChild('x', 'jabber:x:data')?.getChildren('field')
    const access = fields
      ?.find((field) => field.attrs['var'] === 'pubsub#access_model')
      ?.getChildText('value')
    return (
      item && {
        id: String(item.attrs['id']),
        payload: String(item.getChildElements()[0]),
        access: access ?? '',
      }
    )
  }
}
const PEP_OR = (offers: string): string =>
  offers === '' ? `<identity category='account' type='registered'/>` : offers

/** Everything else stays without an answer. */
function isOfProfile(request: Element): boolean {
  const isOurs = ['undefined', ROMEO].includes(String(request.attrs['to']))
  if (!request.is('iq') || !isOurs) return false
  if (request.getChild('query', INFO) || request.getChild('vCard', 'vcard-temp')) return true
  const nodes = request.getChild('pubsub')?.getChildElements() ?? []
  return nodes.some((each) => [DATA, METADATA, NICK].includes(String(each.attrs['node'])))
}

let stage: Stage
beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

async function online(offers: string, nodes?: Readonly<Record<string, string>>): Promise<Server> {
  stage = setStage()
  return (await signIn(offers, nodes)).server
}

async function signIn(offers: string, nodes?: Readonly<Record<string, string>>) {
  stage.app.start()
  await settle()
  const server = new Server(stage.stream(), offers, nodes)
  return { server, others: await server.run(await answerRoster(stage.stream(), '')) }
}

/** What the verb comes to, once the server has answered all of it. */
async function done<T>(server: Server, work: Promise<T>) {
  const outcome = work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  const others = await server.run()
  return { ...(await outcome), others }
}

const show = (base64: string | null, audience: 'contacts' | 'everybody' = 'contacts') =>
  stage.app.setOwnPicture({ accountId: 1, base64, audience })
const own = (): string | undefined => stage.app.state().personPictures.find(({ jid }) => jid === ROMEO)?.hash
const updates = (others: readonly Element[]): readonly (string | undefined)[] =>
  others
    .filter((each) => each.is('presence'))
    .map((each) => each.getChild('x', 'vcard-temp:x:update')?.getChild('photo')?.getText())

describe('the picture', () => {
  test('is published for contacts, the data before what announces them, and shown here at once', async () => {
    const server = await online(PEP + CONVERTS)
    const { error } = (await done(server, show(FACE.base64))) as { error?: unknown }
    expect(error).toBeUndefined()
    const nodes = server.sets.map((each) => each.getChild('pubsub')?.getChild('publish')?.attrs['node'])
    expect(nodes.filter((node) => node !== undefined)).toEqual([DATA, METADATA])
    expect(server.published(DATA)).toMatchObject({ id: FACE.hash, access: 'presence' })
    expect(server.published(METADATA)?.payload).toContain(`id="${FACE.hash}"`)
    expect(server.vcard).toBe(VCARD)
    expect(own()).toBe(FACE.hash)
    expect(await stage.app.fetchPersonPicture({ accountId: 1, jid: ROMEO, hash: FACE.hash })).toEqual({
      type: 'image/png',
      base64: FACE.base64,
    })
  })

  test('is open to everybody only where that is wanted', async () => {
    const server = await online(PEP + CONVERTS)
    await done(server, show(FACE.base64, 'everybody'))
    expect(server.published(DATA)?.access).toBe('open')
    expect(server.published(METADATA)?.access).toBe('open')
  })

  test('a node that is configured otherwise is made as it is wanted first', async () => {
    const server = await online(PEP + CONVERTS)
    let configured = 0
    server.refuses = (request) => {
      if (request.getChild('pubsub', `${PUBSUB}#owner`)?.getChild('configure')) configured += 1
      return request.getChild('pubsub')?.getChild('publish-options') && configured === 0
        ? 'conflict'
        : undefined
    }
    const outcome = await done(server, show(FACE.base64))
    expect(outcome).not.toHaveProperty('error')
    expect(configured).toBe(1)
    expect(own()).toBe(FACE.hash)
  })

  test('goes away: announced as none, and the data with it', async () => {
    const server = await online(PEP + CONVERTS)
    await done(server, show(FACE.base64))
    await done(server, show(null))
    expect(server.published(METADATA)?.payload).toBe(`<metadata xmlns="${METADATA}"/>`)
    const purged = server.sets.map((each) => each.getChild('pubsub')?.getChild('purge')?.attrs['node'])
    expect(purged).toContain(DATA)
    expect(own()).toBeUndefined()
  })

  test('goes into the vCard too where the server does not convert, with all the rest kept, and into presence', async () => {
    const server = await online(PEP)
    const { others } = await done(server, show(FACE.base64))
    expect(server.published(METADATA)).toMatchObject({ id: FACE.hash, access: 'open' })
    expect(server.vcard).toContain('<FN>Romeo Montague</FN>')
    expect(server.vcard).toContain('<TITLE>Lover</TITLE>')
    expect(server.vcard).toContain(`<BINVAL>${FACE.base64}</BINVAL>`)
    expect(server.vcard).not.toContain('AA==')
    expect(updates(others)).toEqual([FACE.hash])
    const gone = await done(server, show(null))
    expect(server.vcard).not.toContain('PHOTO')
    expect(updates(gone.others)).toEqual([''])
  })

  test('is in the vCard alone where nothing can be published, and in presence after the next sign-in', async () => {
    const server = await online('')
    await done(server, show(FACE.base64))
    expect(server.published(METADATA)).toBeUndefined()
    expect(own()).toBe(FACE.hash)
    const storage = stage.storage
    await stage.app.stop()
    stage = setStage({ storage })
    expect(updates((await signIn('')).others)).toContain(FACE.hash)
  })

  test('says nothing of it in presence where the server does', async () => {
    const server = await online(PEP + CONVERTS)
    const { others } = await done(server, show(FACE.base64))
    expect(updates(others)).toEqual([undefined])
  })

  test('what the server refuses changes nothing here', async () => {
    const server = await online(PEP + CONVERTS)
    server.refuses = (request) => (request.getChild('pubsub') ? 'policy-violation' : undefined)
    const outcome = await done(server, show(FACE.base64))
    expect(outcome).toMatchObject({
      error: { data: { code: 'refused-by-server', condition: 'policy-violation' } },
    })
    expect(own()).toBeUndefined()
  })

  test.each([
    ['no picture', Buffer.from('<svg/>').toString('base64')],
    ['no PNG', Buffer.from('ffd8ffe000104a46494600', 'hex').toString('base64')],
    ['larger than is shown', makePng(1, [0, 0, 0], 30_000).base64],
  ])('that is %s is not sent', async (_, base64) => {
    const server = await online(PEP + CONVERTS)
    const before = server.sets.length
    expect(await done(server, show(base64))).toMatchObject({ error: { data: { code: 'invalid-input' } } })
    expect(server.sets).toHaveLength(before)
  })

  test('needs a connection', async () => {
    await online(PEP)
    await stage.app.stop()
    await expect(show(FACE.base64)).rejects.toMatchObject({ data: { code: 'offline' } })
  })
})

describe('the name', () => {
  test('is published to contacts, and stands in the vCard where no other one does', async () => {
    const server = await online(PEP)
    await done(server, stage.app.setOwnName({ accountId: 1, name: 'Romeo' }))
    expect(server.published(NICK)).toEqual({
      id: 'current',
      payload: `<nick xmlns="${NICK}">Romeo</nick>`,
      access: 'presence',
    })
    expect(server.vcard).toContain('<FN>Romeo Montague</FN>')
    expect(server.vcard).toContain('<NICKNAME>Romeo</NICKNAME>')
    expect(server.vcard).toContain('AA==')
  })

  test('leaves the vCard alone where the server would take its picture for a new one', async () => {
    const server = await online(PEP + CONVERTS)
    await done(server, stage.app.setOwnName({ accountId: 1, name: 'Romeo' }))
    expect(server.published(NICK)?.payload).toContain('Romeo')
    expect(server.vcard).toBe(VCARD)
  })

  test('replaces what it was set to before, and no more', async () => {
    const nick = `<pubsub xmlns='${PUBSUB}'><items node='${NICK}'><item id='current'><nick xmlns='${NICK}'>Romeo</nick></item></items></pubsub>`
    const server = await online(PEP, { [`items ${NICK}`]: nick })
    server.vcard = `<vCard xmlns='vcard-temp'><FN>Romeo</FN><NICKNAME>Rom</NICKNAME></vCard>`
    await done(server, stage.app.setOwnName({ accountId: 1, name: '' }))
    expect(server.published(NICK)?.payload).toBe(`<nick xmlns="${NICK}"/>`)
    expect(server.vcard).toBe('<vCard xmlns="vcard-temp"><NICKNAME>Rom</NICKNAME></vCard>')
  })

  test('is published also where the server keeps no vCard', async () => {
    const server = await online(PEP)
    server.refuses = (request) =>
      request.getChild('vCard', 'vcard-temp') ? 'service-unavailable' : undefined
    expect(await done(server, stage.app.setOwnName({ accountId: 1, name: 'Romeo' }))).not.toHaveProperty(
      'error',
    )
    expect(server.published(NICK)).toBeDefined()
  })
})

describe('what the server has', () => {
  const read = () => stage.app.readProfile(1)

  test('is read: name, picture, and who may see it', async () => {
    const items = (node: string, item: string): string =>
      `<pubsub xmlns='${PUBSUB}'><items node='${node}'>${item}</items></pubsub>`
    const config = `<pubsub xmlns='${PUBSUB}#owner'><configure node='${METADATA}'><x xmlns='jabber:x:data' type='form'>
      <field var='pubsub#access_model' type='list-single'><value>open</value></field></x></configure></pubsub>`
    const info = `<info id='${FACE.hash}' bytes='${FACE.bytes.length}' type='image/png'/>`
    const server = await online(PEP + CONVERTS, {
      [`items ${NICK}`]: items(NICK, `<item id='current'><nick xmlns='${NICK}'>Romeo</nick></item>`),
      [`items ${METADATA}`]: items(
        METADATA,
        `<item id='x'><metadata xmlns='${METADATA}'>${info}</metadata></item>`,
      ),
      [`configure ${METADATA}`]: config,
    })
    expect(await done(server, read())).toMatchObject({
      value: { name: 'Romeo', audience: 'everybody', canChooseAudience: true },
    })
    expect(own()).toBe(FACE.hash)
  })

  test('is read out of the vCard where nothing was published', async () => {
    const server = await online(PEP + CONVERTS)
    expect(await done(server, read())).toMatchObject({
      value: { name: 'Romeo Montague', audience: 'contacts', canChooseAudience: true },
    })
  })

  test('is open to everybody where it must be in the vCard', async () => {
    const server = await online('')
    server.vcard = `<vCard xmlns='vcard-temp'><NICKNAME>Rom</NICKNAME><PHOTO><BINVAL>${FACE.base64}</BINVAL></PHOTO></vCard>`
    expect(await done(server, read())).toMatchObject({
      value: { name: 'Rom', audience: 'everybody', canChooseAudience: false },
    })
    expect(own()).toBe(FACE.hash)
    expect(await done(server, stage.app.setAudience({ accountId: 1, audience: 'contacts' }))).toMatchObject({
      error: { data: { code: 'not-supported' } },
    })
  })

  test('who may see it is changed in both nodes', async () => {
    const server = await online(PEP + CONVERTS)
    await done(server, stage.app.setAudience({ accountId: 1, audience: 'everybody' }))
    const configured = server.sets.flatMap((each) => each.getChild('pubsub')?.getChild('configure') ?? [])
    expect(configured.map((each) => each.attrs['node'])).toEqual([DATA, METADATA])
    expect(configured.join('')).toContain('<value>open</value>')
  })
})
