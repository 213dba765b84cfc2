/** Presence: of contacts, by resource and in batches; and the user's own, over restarts. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { JULIET, jid, NOW, only, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const ITEM = `<item jid='juliet@capulet.example' subscription='both'/>`

function resources(stage: Stage): readonly string[] {
  return stage.app.state().presences.flatMap((presence) => presence.resources.map(({ resource }) => resource))
}

describe('a contact', () => {
  test('shows every resource: the best first, by priority, then by show', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(`<presence from='${JULIET}/phone'><show>xa</show><priority>5</priority></presence>`)
    stream.receive(`<presence from='${JULIET}/web'><show>dnd</show></presence>`)
    stream.receive(`<presence from='${JULIET}/desk'><status>by the window</status></presence>`)
    stream.receive(`<presence from='${JULIET}/bot'><priority>-1</priority></presence>`)
    expect(resources(stage)).toEqual(['phone', 'desk', 'web', 'bot'])
    expect(stage.app.state().presences[0]?.resources[1]).toEqual({
      ...{ resource: 'desk', show: 'online', status: 'by the window', priority: 0 },
    })
  })

  test('goes by resource, and whole by the bare address or an error', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    const all = (): void =>
      ['a', 'b', 'c'].forEach((each) => stream.receive(`<presence from='${JULIET}/${each}'/>`))
    all()
    stream.receive(`<presence from='${JULIET}/b' type='unavailable'/>`)
    expect(resources(stage)).toEqual(['a', 'c'])
    stream.receive(`<presence from='${JULIET}' type='unavailable'/>`)
    expect(resources(stage)).toEqual([])
    all()
    stream.receive(`<presence from='${JULIET}' type='error'><error type='cancel'/></presence>`)
    expect(resources(stage)).toEqual([])
  })

  test('is announced once a frame, however many presences come in', async () => {
    const items = Array.from(
      { length: 500 },
      (_, i) => `<item jid='c${i}@capulet.example' subscription='both'/>`,
    )
    const stage = setStage()
    const stream = await startOnline(stage, items.join(''))
    for (let i = 0; i < 500; i++) stream.receive(`<presence from='c${i}@capulet.example/x'/>`)
    stream.receive(`<presence from='c0@capulet.example/x'><show>away</show></presence>`)
    expect(stage.events('presence.changed')).toEqual([])
    await settle(16)
    const [batch, ...more] = stage.events('presence.changed')
    expect(more).toEqual([])
    expect(batch?.presences).toHaveLength(500)
    expect(batch?.presences[0]?.resources).toMatchObject([{ show: 'away' }])
  })

  test('is gone, and said to be, when the stream ends', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(`<presence from='${JULIET}/balcony'/>`)
    await settle(16)
    stream.drop()
    expect(stage.app.state().presences).toEqual([])
    await settle(16)
    expect(stage.events('presence.changed').at(-1)?.presences).toEqual([
      { accountId: 1, jid: JULIET, resources: [] },
    ])
  })

  test('with hundreds of resources fills no memory', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    for (let i = 0; i < 500; i++) stream.receive(`<presence from='${JULIET}/r${i}'/>`)
    expect(resources(stage)).toHaveLength(32)
    stream.receive(`<presence from='${JULIET}/r3'><show>dnd</show></presence>`)
    expect(stage.app.state().presences[0]?.resources.at(-1)).toMatchObject({ resource: 'r3', show: 'dnd' })
  })
})

describe('presences that are not a contact’s', () => {
  test('of strangers are dropped', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(`<presence from='mallory@evil.example/x'/>`)
    stream.receive(`<presence from='mallory@evil.example/x' type='unavailable'/>`)
    await settle(16)
    expect(stage.events('presence.changed')).toEqual([])
  })

  test('of other devices of ours are kept under our own address, our own echo is not', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<presence from='${ROMEO}/Linnet.test'/>`)
    stream.receive(`<presence from='${ROMEO}/phone'><show>away</show></presence>`)
    expect(stage.app.state().presences).toMatchObject([{ jid: ROMEO, resources: [{ resource: 'phone' }] }])
  })

  test('a probe is a server’s affair: it is neither answered nor announced', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stage.eventNames()
    stream.receive(`<presence type='probe' id='p' from='${JULIET}/balcony'/>`)
    await settle(20)
    expect([stream.sent(), stage.eventNames()]).toEqual([[], []])
  })

  test('of unknown type are rejected', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(`<presence from='${JULIET}/x' type='invisible'/>`)
    expect(resources(stage)).toEqual([])
  })
})

describe('the own presence', () => {
  test('goes out with caps, is announced, and stays over restarts', async () => {
    const before = setStage()
    const stream = await startOnline(before)
    before.app.setPresence({ show: 'away', status: 'in Mantua' })
    const sent = only(stream.sent(), 'presence')
    expect(sent.getChildText('show')).toBe('away')
    expect(sent.getChildText('status')).toBe('in Mantua')
    expect(sent.getChild('c', 'http://jabber.org/protocol/caps')).toBeDefined()
    expect(before.events('presence.ownChanged')).toEqual([
      { presence: { show: 'away', status: 'in Mantua' } },
    ])

    const after = setStage({ storage: before.storage })
    expect(after.app.state().ownPresence).toEqual({ show: 'away', status: 'in Mantua' })
    after.app.start()
    await settle()
    const request = only(after.stream().sent(), 'iq')
    after.stream().receive(`<iq type='result' id='${String(request.attrs['id'])}'/>`)
    await settle()
    expect(only(after.stream().sent(), 'presence').getChildText('show')).toBe('away')
  })

  test('offline stays offline over a restart, until it is changed', async () => {
    const before = setStage()
    before.app.setPresence({ show: 'offline', status: '' })
    const stage = setStage({ storage: before.storage })
    stage.app.start()
    stage.app.wake()
    await settle(60_000)
    expect(stage.connect.requests).toHaveLength(0)
    stage.app.setPresence({ show: 'chat', status: '' })
    await settle()
    expect(stage.connect.requests).toHaveLength(1)
  })

  test('is told to every account', async () => {
    const stage = setStage({ accounts: [ROMEO, jid('romeo@work.example')] })
    await startOnline(stage)
    stage.connect.streams.forEach((stream) => stream.sent())
    stage.app.setPresence({ show: 'xa', status: '' })
    expect(
      stage.connect.streams.map((stream) => only(stream.sent(), 'presence').getChildText('show')),
    ).toEqual(['xa', 'xa'])
  })

  test('chosen while contacts load is told once, with the roster', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    const request = only(stage.stream().sent(), 'iq')
    stage.app.setPresence({ show: 'dnd', status: '' })
    expect(stage.stream().sent()).toEqual([])
    stage.stream().receive(`<iq type='result' id='${String(request.attrs['id'])}'/>`)
    await settle()
    expect(only(stage.stream().sent(), 'presence').getChildText('show')).toBe('dnd')
  })
})
