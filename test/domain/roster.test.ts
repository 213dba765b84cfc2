/** The roster: versions, pushes and who may send them, and the user's changes. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Element } from '../../src-main/protocol/xml.ts'
import {
  answerRoster,
  attributes,
  JULIET,
  jid,
  NOW,
  only,
  result,
  ROMEO,
  setStage,
  settle,
  startOnline,
  type Stage,
} from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const NURSE = jid('nurse@capulet.example')
const ITEM = `<item jid='juliet@capulet.example' name='Juliet' subscription='both'><group>Verona</group></item>`

function push(item: string, from = '', version = 'v2'): string {
  return `<iq type='set' id='push1' ${from}><query xmlns='jabber:iq:roster' ver='${version}'>${item}</query></iq>`
}

function names(stage: Stage): readonly string[] {
  return stage.app.state().contacts.map((contact) => contact.jid)
}

function rosterSet(sent: readonly Element[]): Element {
  const query = only(sent, 'iq').getChild('query', 'jabber:iq:roster')
  const item = query?.getChild('item')
  if (item === undefined) throw new Error('no roster set')
  return item
}

describe('the roster at the start of a session', () => {
  test('is asked for with an empty version when none is known, and kept', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    const request = only(stage.stream().sent(), 'iq')
    expect(request.getChild('query')?.attrs['ver']).toBe('')
    stage.stream().receive(result(request, `<query xmlns='jabber:iq:roster' ver='v7'>${ITEM}</query>`))
    await settle()
    expect(stage.app.state().contacts).toEqual([
      {
        accountId: 1,
        jid: JULIET,
        name: 'Juliet',
        subscription: 'both',
        ask: false,
        approved: false,
        groups: ['Verona'],
      },
    ])
    expect(stage.events('roster.changed')).toMatchObject([
      { accountId: 1, replaced: true, upserted: [{ jid: JULIET }] },
    ])
    expect(stage.storage.getRosterVersion(1)).toBe('v7')
  })

  test('is on screen from the database before the network is up', async () => {
    const before = setStage()
    await startOnline(before, ITEM)
    const after = setStage({ storage: before.storage })
    expect(names(after)).toEqual([JULIET])
  })

  test('is not replaced when the known version still holds', async () => {
    const before = setStage()
    await startOnline(before, ITEM)
    const stage = setStage({ storage: before.storage })
    stage.app.start()
    await settle()
    const request = only(stage.stream().sent(), 'iq')
    expect(request.getChild('query')?.attrs['ver']).toBe('v1')
    stage.stream().receive(result(request))
    await settle()
    expect(names(stage)).toEqual([JULIET])
    expect(stage.events('roster.changed')).toEqual([])
  })

  test('is asked for whole when the server refuses the version', async () => {
    const before = setStage()
    await startOnline(before, ITEM)
    const stage = setStage({ storage: before.storage })
    stage.app.start()
    await settle()
    const stream = stage.stream()
    const refused = only(stream.sent(), 'iq')
    stream.receive(`<iq type='error' id='${String(refused.attrs['id'])}'><error type='modify'>
      <bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`)
    await settle()
    const again = only(stream.sent(), 'iq')
    expect(again.getChild('query')?.attrs['ver']).toBe('')
    stream.receive(result(again, `<query xmlns='jabber:iq:roster' ver='v9'>${ITEM}</query>`))
    await settle()
    expect(stage.storage.getRosterVersion(1)).toBe('v9')
  })

  test.each([
    ['without one', (item: string) => push(item).replace(/ ver='[^']*'/, '')],
    ['with one of a megabyte', (item: string) => push(item, '', 'x'.repeat(1_000_000))],
  ])('a push %s leaves no version behind, so that the next sign-in gets all', async (_how, write) => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(write(`<item jid='${NURSE}'/>`))
    expect(names(stage)).toEqual([JULIET, NURSE])
    expect(stage.storage.getRosterVersion(1)).toBeUndefined()
  })

  test('without versions is asked for whole', async () => {
    const stage = setStage()
    stage.connect.outcomes.push({ features: { rosterVersioning: false } })
    stage.app.start()
    await settle()
    expect(only(stage.stream().sent(), 'iq').getChild('query')?.attrs['ver']).toBeUndefined()
  })

  test('does not undo a push that overtakes it', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    const stream = stage.stream()
    const request = only(stream.sent(), 'iq')
    stream.receive(result(request, `<query xmlns='jabber:iq:roster' ver='v1'>${ITEM}</query>`))
    stream.receive(push(`<item jid='juliet@capulet.example' name='My love' subscription='both'/>`))
    await settle()
    expect(stage.app.state().contacts).toMatchObject([{ name: 'My love' }])
    expect(stage.storage.getRosterVersion(1)).toBe('v2')
  })

  test('that did not come leaves no version behind that would hide the missing contacts', async () => {
    const stage = setStage()
    stage.app.start()
    await settle(30_000)
    stage.stream().receive(push(`<item jid='juliet@capulet.example'/>`))
    expect(names(stage)).toEqual([JULIET])
    expect(stage.storage.getRosterVersion(1)).toBeUndefined()
  })
})

describe('a roster push', () => {
  test.each([
    ['without from', ''],
    ['from our own account', `from='${ROMEO}'`],
  ])('%s is stored, announced and answered', async (_what, from) => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(push(ITEM, from))
    expect(names(stage)).toEqual([JULIET])
    expect(stage.events('roster.changed').at(-1)).toMatchObject({
      replaced: false,
      upserted: [{ jid: JULIET }],
      removed: [],
    })
    expect(only(stream.sent(), 'iq').attrs).toMatchObject({ type: 'result', id: 'push1' })
    expect(stage.storage.getRosterVersion(1)).toBe('v2')
  })

  test.each([
    ['a stranger', `from='mallory@evil.example'`],
    ['a contact', `from='juliet@capulet.example'`],
    ['our server', `from='montague.example'`],
    ['another device of ours', `from='${ROMEO}/phone'`],
  ])('from %s changes nothing and is refused', async (_who, from) => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stage.eventNames()
    stream.receive(push(`<item jid='mallory@evil.example' subscription='both'/>`, from))
    stream.receive(push(`<item jid='juliet@capulet.example' subscription='remove'/>`, from))
    expect(names(stage)).toEqual([JULIET])
    expect(stage.eventNames()).toEqual([])
    expect(attributes(stream.sent(), 'type')).toEqual(['error', 'error'])
  })

  test('that removes takes the contact and its presence away, and leaves the history', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(`<presence from='juliet@capulet.example/balcony'/>`)
    stream.receive(`<message from='juliet@capulet.example' type='chat'><body>adieu</body></message>`)
    stream.receive(push(`<item jid='juliet@capulet.example' subscription='remove'/>`))
    await settle(20)
    expect(names(stage)).toEqual([])
    expect(stage.app.state().presences).toEqual([])
    expect(stage.app.state().conversations).toHaveLength(1)
    expect(stage.events('roster.changed').at(-1)).toMatchObject({ removed: [JULIET] })
    expect(stage.events('presence.changed').at(-1)?.presences).toEqual([
      { accountId: 1, jid: JULIET, resources: [] },
    ])
  })
})

describe('the end of a subscription, by whomever', () => {
  const online = (jid: string) => `<presence from='${jid}/balcony'/>`
  const withJuliet = async () => {
    const stage = setStage()
    const stream = await startOnline(stage, `<item jid='juliet@capulet.example' subscription='both'/>`)
    stream.receive(online(JULIET))
    await settle(20)
    expect(stage.app.state().presences).toHaveLength(1)
    return { stage, stream }
  }

  test.each(['none', 'from'])(
    'RFC 6121 §3.3.3: a push that says %s makes all we know of their presence void',
    async (kind) => {
      const { stage, stream } = await withJuliet()
      stream.receive(push(`<item jid='juliet@capulet.example' subscription='${kind}'/>`))
      await settle(20)
      expect(stage.app.state().presences).toEqual([])
      expect(stage.events('presence.changed').at(-1)?.presences).toMatchObject([{ resources: [] }])
    },
  )

  test.each(['to', 'both'])('a push that says %s leaves it', async (kind) => {
    const { stage, stream } = await withJuliet()
    stream.receive(push(`<item jid='juliet@capulet.example' subscription='${kind}'/>`))
    await settle(20)
    expect(stage.app.state().presences).toMatchObject([{ jid: JULIET }])
  })

  test('who is not subscribed to may still tell us of themselves (§4.6), and a push does not undo that', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, `<item jid='juliet@capulet.example' subscription='none'/>`)
    stream.receive(online(JULIET))
    stream.receive(push(`<item jid='juliet@capulet.example' subscription='none' name='Juliet'/>`))
    await settle(20)
    expect(stage.app.state().presences).toMatchObject([{ jid: JULIET }])
  })
})

describe('adding a contact', () => {
  const input = { accountId: 1, jid: NURSE, name: ' Nurse ', groups: ['House', 'House'] }

  test('writes the roster, then asks', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const adding = stage.app.addContact(input)
    const sent = stream.sent()
    const item = rosterSet(sent)
    expect(item.attrs).toMatchObject({ jid: NURSE, name: 'Nurse' })
    expect(item.getChildren('group').map((group) => group.getText())).toEqual(['House'])
    expect(sent).toHaveLength(1)
    stream.receive(result(only(sent, 'iq')))
    await adding
    expect(attributes(stream.sent(), 'type')).toEqual(['subscribe'])
  })

  test('approves in advance where the server can', async () => {
    const stage = setStage()
    stage.connect.outcomes.push({ features: { preApproval: true } })
    const stream = await startOnline(stage)
    const adding = stage.app.addContact(input)
    stream.receive(result(only(stream.sent(), 'iq')))
    await adding
    expect(attributes(stream.sent(), 'type')).toEqual(['subscribed', 'subscribe'])
  })

  test('who has asked already grants that', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<presence type='subscribe' from='${NURSE}'/>`)
    const adding = stage.app.addContact(input)
    stream.receive(result(only(stream.sent(), 'iq')))
    await adding
    expect(attributes(stream.sent(), 'type')).toEqual(['subscribed', 'subscribe'])
    expect(stage.app.state().requests).toEqual([])
  })

  test('who is there already renames and does not ask again', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    const adding = stage.app.addContact({ accountId: 1, jid: JULIET, name: 'Sun', groups: [] })
    stream.receive(result(only(stream.sent(), 'iq')))
    await adding
    expect(stream.sent()).toEqual([])
  })

  test('that the server refuses says so and asks nobody', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const adding = stage.app.addContact(input)
    const id = String(only(stream.sent(), 'iq').attrs['id'])
    stream.receive(
      `<iq type='error' id='${id}'><error type='modify'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`,
    )
    await expect(adding).rejects.toMatchObject({
      data: { code: 'refused-by-server', detail: 'not-acceptable', condition: 'not-acceptable' },
    })
    expect(stream.sent()).toEqual([])
  })

  test('the answer of a stranger does not pass for the server’s', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const adding = stage.app.addContact(input)
    const id = String(only(stream.sent(), 'iq').attrs['id'])
    stream.receive(`<iq type='result' id='${id}' from='mallory@evil.example'/>`)
    await settle()
    expect(stream.sent()).toEqual([])
    const refused = expect(adding).rejects.toMatchObject({ data: { code: 'request-timeout' } })
    await settle(30_000)
    await refused
  })

  test('that is oneself is refused', async () => {
    const stage = setStage()
    await startOnline(stage)
    await expect(stage.app.addContact({ ...input, jid: ROMEO })).rejects.toThrow('invalid-address')
  })

  test('offline, or for an account that is not there, is refused', async () => {
    const stage = setStage()
    await expect(stage.app.addContact(input)).rejects.toThrow('offline')
    await expect(stage.app.addContact({ ...input, accountId: 9 })).rejects.toThrow('not-found')
  })
})

describe('changing contacts', () => {
  test('renames and regroups', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    const changing = stage.app.updateContact({ accountId: 1, jid: JULIET, name: '', groups: [] })
    const sent = stream.sent()
    expect(rosterSet(sent).attrs['name']).toBeUndefined()
    stream.receive(result(only(sent, 'iq')))
    await changing
  })

  test('removes', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    const removing = stage.app.removeContact({ accountId: 1, jid: JULIET })
    const sent = stream.sent()
    expect(rosterSet(sent).attrs).toMatchObject({ jid: JULIET, subscription: 'remove' })
    stream.receive(result(only(sent, 'iq')))
    await removing
  })

  test('who is not there is refused', async () => {
    const stage = setStage()
    await startOnline(stage)
    await expect(stage.app.removeContact({ accountId: 1, jid: NURSE })).rejects.toThrow('not-found')
    await expect(
      stage.app.updateContact({ accountId: 1, jid: NURSE, name: 'x', groups: [] }),
    ).rejects.toThrow('not-found')
  })
})

test('a server that answers the roster with a thousand items takes them all', async () => {
  const stage = setStage()
  stage.app.start()
  await settle()
  const items = Array.from({ length: 1000 }, (_, i) => `<item jid='c${i}@capulet.example'/>`).join('')
  await answerRoster(stage.stream(), items)
  expect(names(stage)).toHaveLength(1000)
})
