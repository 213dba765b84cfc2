/** XEP-0115 as the domain lives it: one question for many, nothing believed without proof, nothing asked twice. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Element } from '../../src-main/protocol/xml.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { MAX_ASKING } from '../../src-main/domain/services/capabilities.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { JULIET, NOW, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const INFO = 'http://jabber.org/protocol/disco#info'
const sha1 = (text: string): string => createHash('sha1').update(text).digest('base64')
const software = (name: string) => ({
  ver: sha1(`client/phone//${name}<${INFO}<`),
  info: `<identity category='client' type='phone' name='${name}'/><feature var='${INFO}'/>`,
})
const PSI = software('Psi')
const friends = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `friend${index}@capulet.example`)
const roster = (addresses: readonly string[]): string =>
  addresses.map((address) => `<item jid='${address}' subscription='both'/>`).join('')

function announce(stream: FakeStream, from: string, ver: string, hash = 'sha-1'): void {
  stream.receive(
    `<presence from='${from}'><c xmlns='http://jabber.org/protocol/caps' hash='${hash}' node='https://psi.example' ver='${ver}'/></presence>`,
  )
}

/** Questions for capabilities among what was sent since the last call. */
function questions(stream: FakeStream): readonly Element[] {
  return stream.sent().filter((element) => element.getChild('query', INFO) !== undefined)
}

async function answer(stream: FakeStream, question: Element | undefined, content: string): Promise<void> {
  const id = String(question?.attrs['id'])
  const from = String(question?.attrs['to'])
  stream.receive(`<iq type='result' id='${id}' from='${from}'><query xmlns='${INFO}'>${content}</query></iq>`)
  await settle(20)
}

function clientOf(stage: Stage, address: string, resource = 'r'): string | undefined {
  const presence = stage.app.state().presences.find(({ jid }) => jid === address)
  return presence?.resources.find((each) => each.resource === resource)?.client?.name
}

const askedOf = (asked: readonly Element[]): unknown[] =>
  asked.map((question): unknown => question.attrs['to'])

describe('entity capabilities', () => {
  test('500 contacts with one hash cost one question, and all are told', async () => {
    const stage = setStage()
    const contacts = friends(500)
    const stream = await startOnline(stage, roster(contacts))
    for (const contact of contacts) announce(stream, `${contact}/r`, PSI.ver)
    const asked = questions(stream)
    expect(askedOf(asked)).toEqual([`${contacts[0]}/r`])
    expect(asked[0]?.getChild('query')?.attrs['node']).toBe(`https://psi.example#${PSI.ver}`)
    await answer(stream, asked[0], PSI.info)
    expect(contacts.every((contact) => clientOf(stage, contact) === 'Psi')).toBe(true)
    expect(stage.events('presence.changed').at(-1)?.presences).toHaveLength(500)
    announce(stream, `${JULIET}/r`, PSI.ver)
    expect(questions(stream)).toEqual([])
  })

  test('what is known survives a restart', async () => {
    const storage = createMemoryStorage()
    const first = await startOnline(setStage({ storage }), roster([JULIET]))
    announce(first, `${JULIET}/r`, PSI.ver)
    await answer(first, questions(first)[0], PSI.info)
    const stage = setStage({ storage })
    const stream = await startOnline(stage, roster([JULIET]))
    announce(stream, `${JULIET}/r`, PSI.ver)
    expect(questions(stream)).toEqual([])
    expect(clientOf(stage, JULIET)).toBe('Psi')
  })

  test('a lie is believed of nobody, and the next one who announces the same is asked', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, roster(['paris@capulet.example', JULIET]))
    announce(stream, 'paris@capulet.example/r', PSI.ver)
    announce(stream, 'paris@capulet.example/s', PSI.ver)
    announce(stream, `${JULIET}/r`, PSI.ver)
    const [first] = questions(stream)
    await answer(stream, first, `${PSI.info}<feature var='urn:xmpp:evil'/>`)
    expect(clientOf(stage, 'paris@capulet.example')).toBeUndefined()
    const second = questions(stream)
    expect(askedOf(second)).toEqual([`${JULIET}/r`])
    await answer(stream, second[0], PSI.info)
    expect(clientOf(stage, 'paris@capulet.example')).toBe('Psi')
    expect(stage.storage.findCapability({ hash: 'sha-1', ver: PSI.ver }, NOW)?.features).toEqual([INFO])
  })

  test('one contact who lies with each device does not spoil it for who comes later', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, roster(['paris@capulet.example', JULIET]))
    const asked: Element[] = []
    for (const resource of ['a', 'b', 'c', 'd', 'e']) {
      announce(stream, `paris@capulet.example/${resource}`, PSI.ver)
      const now = questions(stream)
      asked.push(...now)
      for (const question of now) await answer(stream, question, '')
    }
    expect(asked).toHaveLength(2)
    announce(stream, `${JULIET}/r`, PSI.ver)
    await answer(stream, questions(stream)[0], PSI.info)
    expect(clientOf(stage, JULIET)).toBe('Psi')
  })

  test('an answer by another than who was asked counts for nothing', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, roster([JULIET]))
    announce(stream, `${JULIET}/r`, PSI.ver)
    const id = String(questions(stream)[0]?.attrs['id'])
    stream.receive(
      `<iq type='result' id='${id}' from='evil@evil.example/r'><query xmlns='${INFO}'>${PSI.info}</query></iq>`,
    )
    await settle(20)
    expect(clientOf(stage, JULIET)).toBeUndefined()
  })

  test('questions go out a few at a time; errors and silence make room for the next', async () => {
    const stage = setStage()
    const contacts = friends(10)
    const stream = await startOnline(stage, roster(contacts))
    contacts.forEach((contact, index) => announce(stream, `${contact}/r`, software(`App ${index}`).ver))
    const asked = questions(stream)
    expect(asked).toHaveLength(MAX_ASKING)
    stream.receive(`<iq type='error' id='${String(asked[0]?.attrs['id'])}' from='${contacts[0]}/r'/>`)
    await settle(20)
    expect(askedOf(questions(stream))).toEqual([`${contacts[MAX_ASKING]}/r`])
    await settle(30_000)
    expect(questions(stream)).toHaveLength(MAX_ASKING)
  })

  test('who has left, or announces something else by now, is not asked', async () => {
    const stage = setStage()
    const contacts = friends(MAX_ASKING + 2)
    const stream = await startOnline(stage, roster(contacts))
    contacts.forEach((contact, index) => announce(stream, `${contact}/r`, software(`App ${index}`).ver))
    const [first, second] = questions(stream)
    stream.receive(`<presence type='unavailable' from='${contacts[MAX_ASKING]}/r'/>`)
    announce(stream, `${contacts[MAX_ASKING + 1]}/r`, PSI.ver)
    await answer(stream, first, software('App 0').info)
    await answer(stream, second, software('App 1').info)
    const asked = questions(stream)
    expect(asked.map((question): unknown => question.getChild('query')?.attrs['node'])).toEqual([
      `https://psi.example#${PSI.ver}`,
    ])
  })

  test('presence without them leaves what was announced; unknown hashes are not asked about', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, roster([JULIET]))
    announce(stream, `${JULIET}/r`, PSI.ver)
    await answer(stream, questions(stream)[0], PSI.info)
    stream.receive(`<presence from='${JULIET}/r'><show>away</show></presence>`)
    expect(clientOf(stage, JULIET)).toBe('Psi')
    announce(stream, `${JULIET}/r`, 'whatever', 'md5')
    expect([questions(stream), clientOf(stage, JULIET)]).toEqual([[], undefined])
  })

  test('strangers are not asked; our own other devices are', async () => {
    const stream = await startOnline(setStage())
    announce(stream, 'stranger@evil.example/r', PSI.ver)
    expect(questions(stream)).toEqual([])
    announce(stream, `${ROMEO}/phone`, PSI.ver)
    expect(askedOf(questions(stream))).toEqual([`${ROMEO}/phone`])
  })

  test('a contact who announces ever new hashes does not keep others from being asked about', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, roster(['paris@capulet.example', JULIET]))
    for (let index = 0; index < 2000; index += 1) announce(stream, 'paris@capulet.example/r', `ver${index}`)
    for (const question of questions(stream)) await answer(stream, question, '')
    announce(stream, `${JULIET}/r`, PSI.ver)
    const asked = questions(stream).find((question) => question.attrs['to'] === `${JULIET}/r`)
    await answer(stream, asked, PSI.info)
    expect(clientOf(stage, JULIET)).toBe('Psi')
  })

  test('a database that takes nothing costs the memory only', async () => {
    const storage = createMemoryStorage()
    const full = () => {
      throw new Error('disk full')
    }
    const stage = setStage({ storage: { ...storage, putCapability: full, findCapability: full } })
    const stream = await startOnline(stage, roster([JULIET]))
    announce(stream, `${JULIET}/r`, PSI.ver)
    await answer(stream, questions(stream)[0], PSI.info)
    expect([clientOf(stage, JULIET), stream.state]).toEqual(['Psi', 'open'])
  })
})
