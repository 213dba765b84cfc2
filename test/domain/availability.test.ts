/** Own presence in detail: priority, recent status texts, away by itself, presence shown to one address. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { OwnPresence } from '../../src-main/model/presence.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import { JULIET, NOW, only, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const SINCE = NOW - 600_000

function told(sent: readonly Element[]): readonly string[] {
  return sent
    .filter((element) => element.is('presence') && element.attrs['to'] === undefined)
    .map((element) => element.getChildText('show') ?? 'online')
}

async function online(presence: OwnPresence = { show: 'online', status: '' }, items = '') {
  const stage = setStage()
  stage.storage.setOwnPresence(presence)
  const stream = await startOnline(stage, items)
  return { stage, stream }
}

describe('priority', () => {
  test('goes out with every presence, and with the first one of the next run', async () => {
    const { stage, stream } = await online()
    stage.app.setPriority({ accountId: 1, priority: -7 })
    expect(only(stream.sent(), 'presence').getChildText('priority')).toBe('-7')
    stage.app.setPresence({ show: 'away', status: '' })
    expect(only(stream.sent(), 'presence').getChildText('priority')).toBe('-7')
    expect(stage.app.state().priorities).toEqual([{ accountId: 1, priority: -7 }])
    const next = setStage({ storage: stage.storage })
    next.app.start()
    await settle()
    const again = next.stream()
    const roster = again.sent()[0]
    again.receive(
      `<iq type='result' id='${String(roster?.attrs['id'])}'><query xmlns='jabber:iq:roster'/></iq>`,
    )
    await settle()
    expect(only(again.sent(), 'presence').getChildText('priority')).toBe('-7')
  })

  test('of an account that is not there is not found', async () => {
    const { stage } = await online()
    expect(() => stage.app.setPriority({ accountId: 9, priority: 1 })).toThrow('not-found')
  })
})

describe('recent status texts', () => {
  test('are kept when they are new words, and forgotten at the user’s wish', async () => {
    const { stage } = await online()
    stage.app.setPresence({ show: 'online', status: 'in Mantua' })
    stage.app.setPresence({ show: 'away', status: 'in Mantua' })
    stage.app.setPresence({ show: 'away', status: '' })
    stage.app.setPresence({ show: 'away', status: 'at the feast' })
    expect(stage.app.state().recentStatuses).toEqual(['at the feast', 'in Mantua'])
    expect(stage.events('presence.recentChanged')).toHaveLength(2)
    stage.app.clearRecentStatuses()
    expect(stage.app.state().recentStatuses).toEqual([])
  })
})

describe('away by itself', () => {
  test.each([
    ['online', ['away', 'xa', 'online']],
    ['chat', ['away', 'xa', 'chat']],
    ['away', []],
    ['xa', []],
    ['dnd', []],
  ] as const)('over %s tells %j', async (show, expected) => {
    const { stage, stream } = await online({ show, status: 'at home' })
    stage.app.setIdle({ level: 'away', since: SINCE })
    stage.app.setIdle({ level: 'xa', since: SINCE })
    stage.app.setIdle({ level: 'active' })
    expect(told(stream.sent())).toEqual(expected)
    expect(stage.app.state().ownPresence).toEqual({ show, status: 'at home' })
    expect(stage.events('presence.ownChanged')).toEqual([])
  })

  test('keeps the words and is known to the windows', async () => {
    const { stage, stream } = await online({ show: 'online', status: 'at home' })
    stage.app.setIdle({ level: 'away', since: SINCE })
    const presence = only(stream.sent(), 'presence')
    expect(presence.getChildText('status')).toBe('at home')
    expect(presence.getChild('idle')).toBeUndefined()
    expect(stage.app.state().automatic).toBe('away')
    expect(stage.events('presence.automaticChanged')).toEqual([{ automatic: 'away' }])
  })

  test('since when is told only if the user wants', async () => {
    const { stage, stream } = await online()
    const rules = stage.app.state().awayRules
    stage.app.setIdle({ level: 'away', since: SINCE })
    stream.sent()
    stage.app.setAwayRules({ ...rules, tellSince: true })
    const presence = only(stream.sent(), 'presence')
    expect(presence.getChild('idle', 'urn:xmpp:idle:1')?.attrs['since']).toBe('2026-11-21T11:50:00.000Z')
    stage.app.setAwayRules({ ...rules, awayMinutes: 3, tellSince: true })
    expect(stream.sent()).toEqual([])
    stage.app.setIdle({ level: 'active' })
    expect(only(stream.sent(), 'presence').getChild('idle')).toBeUndefined()
  })

  test('while offline changes nothing; who then chooses online is away until the first touch', async () => {
    const { stage, stream } = await online()
    stage.app.setPresence({ show: 'offline', status: '' })
    stream.sent()
    stage.app.setIdle({ level: 'away', since: SINCE })
    expect(stream.sent()).toEqual([])
    expect(stage.app.state().automatic).toBeNull()
    stage.app.setPresence({ show: 'online', status: '' })
    expect(stage.app.state().automatic).toBe('away')
  })

  test('a choice made meanwhile counts', async () => {
    const { stage, stream } = await online()
    stage.app.setIdle({ level: 'away', since: SINCE })
    stage.app.setPresence({ show: 'dnd', status: '' })
    stage.app.setIdle({ level: 'active' })
    expect(told(stream.sent())).toEqual(['away', 'dnd'])
    expect(stage.events('presence.automaticChanged')).toEqual([{ automatic: 'away' }, { automatic: null }])
  })

  test('what could not be told while the socket was gone is told on resuming', async () => {
    const { stage, stream } = await online()
    stream.interrupt()
    stage.app.setIdle({ level: 'away', since: SINCE })
    expect(stream.sent()).toEqual([])
    stream.resume()
    expect(told(stream.sent())).toEqual(['away'])
  })

  test('is forgotten by a restart', async () => {
    const { stage } = await online()
    stage.app.setIdle({ level: 'xa', since: SINCE })
    const next = setStage({ storage: stage.storage })
    expect(next.app.state()).toMatchObject({ automatic: null, ownPresence: { show: 'online' } })
  })
})

describe('presence shown to one address', () => {
  const shown = (stage: Stage) => stage.app.state().directed[0]?.jids
  const juliet = { accountId: 1, jid: JULIET }

  test('goes there now and on every change, without the priority; hiding says goodbye', async () => {
    const { stage, stream } = await online({ show: 'away', status: 'here' })
    stage.app.setPriority({ accountId: 1, priority: 5 })
    stream.sent()
    stage.app.showPresenceTo(juliet)
    const first = only(stream.sent(), 'presence')
    expect(first.attrs['to']).toBe(JULIET)
    expect([first.getChildText('show'), first.getChildText('priority')]).toEqual(['away', null])
    expect(shown(stage)).toEqual([JULIET])
    stage.app.setPresence({ show: 'dnd', status: 'busy' })
    const changed = stream.sent().filter((element) => element.is('presence'))
    expect(changed.map(({ attrs }) => attrs['to'])).toEqual([undefined, JULIET])
    expect(changed.map((element) => element.getChildText('show'))).toEqual(['dnd', 'dnd'])
    stage.app.hidePresenceFrom(juliet)
    expect(only(stream.sent(), 'presence').attrs).toEqual({ type: 'unavailable', to: JULIET })
    expect(shown(stage)).toEqual([])
    stage.app.hidePresenceFrom(juliet)
    expect(stream.sent()).toEqual([])
  })

  test('who is subscribed needs none, and one who becomes so is dropped', async () => {
    const item = (subscription: string): string => `<item jid='${JULIET}' subscription='${subscription}'/>`
    const { stage, stream } = await online(undefined, item('to'))
    stage.app.showPresenceTo(juliet)
    stream.sent()
    stream.receive(`<iq type='set' id='p'><query xmlns='jabber:iq:roster'>${item('both')}</query></iq>`)
    expect(shown(stage)).toEqual([])
    stage.app.showPresenceTo(juliet)
    expect(stream.sent().filter((element) => element.is('presence'))).toEqual([])
    expect(shown(stage)).toEqual([])
  })

  test.each(['drop', 'sign out'])('ends with the stream: %s', async (how) => {
    const { stage, stream } = await online()
    stage.app.showPresenceTo(juliet)
    stream.sent()
    if (how === 'drop') stream.drop()
    else stage.app.setPresence({ show: 'offline', status: '' })
    // Our server tells them (§4.6.3): one goodbye, to all.
    const goodbyes = stream.sent().filter(({ attrs }) => attrs['type'] === 'unavailable')
    expect(goodbyes.map(({ attrs }) => attrs['to'])).toEqual(how === 'drop' ? [] : [undefined])
    expect(shown(stage)).toEqual([])
    expect(stage.events('presence.directedChanged').at(-1)).toEqual({ accountId: 1, jids: [] })
  })

  test('needs a connection, another address than the own, and is for a few', async () => {
    const { stage, stream } = await online()
    expect(() => stage.app.showPresenceTo({ accountId: 1, jid: ROMEO })).toThrow('invalid-address')
    for (let n = 0; n < 50; n += 1)
      stage.app.showPresenceTo({ accountId: 1, jid: `a${n}@b.example` as typeof JULIET })
    expect(() => stage.app.showPresenceTo(juliet)).toThrow('not-supported')
    stream.drop()
    expect(() => stage.app.showPresenceTo(juliet)).toThrow('offline')
  })
})

describe('pre-approval', () => {
  test('where it is not offered nothing is sent: the server would drop it', async () => {
    const { stage, stream } = await online()
    expect(() => stage.app.preApprove({ accountId: 1, jid: JULIET })).toThrow('not-supported')
    expect(stream.sent()).toEqual([])
  })

  test('where it is: subscribed, and unsubscribed to take it back; the push says that it holds', async () => {
    const stage = setStage()
    stage.connect.outcomes.push({ features: { preApproval: true } })
    const stream = await startOnline(stage)
    stage.app.preApprove({ accountId: 1, jid: JULIET })
    expect(only(stream.sent(), 'presence').attrs).toMatchObject({ type: 'subscribed', to: JULIET })
    expect(stage.app.state().contacts).toEqual([])
    const item = `<item jid='${JULIET}' subscription='none' approved='true'/>`
    stream.receive(`<iq type='set' id='p'><query xmlns='jabber:iq:roster'>${item}</query></iq>`)
    expect(stage.app.state().contacts).toMatchObject([{ approved: true }])
    stream.sent()
    stage.app.revokeSubscription({ accountId: 1, jid: JULIET })
    expect(only(stream.sent(), 'presence').attrs).toMatchObject({ type: 'unsubscribed', to: JULIET })
  })

  test('a contact can be added without it, and with words', async () => {
    const stage = setStage()
    stage.connect.outcomes.push({ features: { preApproval: true } })
    const stream = await startOnline(stage)
    const wish = { preApprove: false, request: '  It is I, Romeo ' }
    const adding = stage.app.addContact({ accountId: 1, jid: JULIET, name: '', groups: [], ...wish })
    stream.receive(`<iq type='result' id='${String(only(stream.sent(), 'iq').attrs['id'])}'/>`)
    await adding
    const request = only(stream.sent(), 'presence')
    expect(request.attrs).toMatchObject({ type: 'subscribe', to: JULIET })
    expect(request.getChildText('status')).toBe('It is I, Romeo')
  })
})
