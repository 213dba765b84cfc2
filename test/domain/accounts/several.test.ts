/** Several accounts: switched off and on, put in order, called something, each with its own presence, kept as history. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bodies, JULIET, jid, NOW, only, ROMEO, setStage, settle, startOnline } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const WORK = jid('romeo@work.example')

async function both() {
  const stage = setStage({ accounts: [ROMEO, WORK] })
  await startOnline(stage, `<item jid='juliet@capulet.example' name='Juliet' subscription='both'/>`)
  const [home, work] = stage.connect.streams
  if (home === undefined || work === undefined) throw new Error('two streams were expected')
  home.sent()
  work.sent()
  const phases = () => stage.app.state().connections.map(({ state }) => state.phase)
  return { stage, home, work, phases }
}

describe('one of two', () => {
  test('is switched off: it signs out, its history stays, and nothing brings it back but the user', async () => {
    const { stage, home, phases } = await both()
    home.receive(`<message from='${JULIET}' type='chat'><body>at home</body></message>`)
    stage.app.setAccountEnabled({ accountId: 1, enabled: false })
    await settle()
    expect(home.state).toBe('closed')
    expect(phases()).toEqual(['offline', 'online'])
    expect(stage.app.state().conversations).toMatchObject([{ accountId: 1, last: { body: 'at home' } }])
    stage.app.wake()
    stage.app.reconnect(1)
    stage.app.enterPassword({ accountId: 1, password: 'new', remember: true, insist: false })
    stage.app.setPresence({ show: 'offline', status: '' })
    stage.app.setPresence({ show: 'online', status: '' })
    await settle(3_600_000)
    expect(stage.connect.requests.filter(({ jid: whose }) => whose === ROMEO)).toHaveLength(1)
    stage.app.setAccountEnabled({ accountId: 1, enabled: true })
    await settle()
    expect(stage.connect.requests.at(-1)).toMatchObject({ jid: ROMEO, password: 'new' })
  })

  test('has a name and a colour, which windows hear of', async () => {
    const { stage } = await both()
    stage.app.setAccountLook({ accountId: 2, label: 'Work', color: 'teal' })
    expect(stage.events('account.changed')).toMatchObject([
      { account: { id: 2, label: 'Work', color: 'teal' } },
    ])
    expect(() => stage.app.setAccountLook({ accountId: 9, label: '', color: 'teal' })).toThrow('not-found')
  })

  test('goes before the other', async () => {
    const { stage } = await both()
    stage.app.arrangeAccounts({ accountIds: [2, 1] })
    expect(stage.events('account.arranged')).toEqual([{ accountIds: [2, 1] }])
    expect(stage.app.state().accounts.map(({ id }) => id)).toEqual([2, 1])
  })
})

describe('a presence of its own', () => {
  test('is told by that account alone, kept, and ends with the next one for all', async () => {
    const { stage, home, work } = await both()
    stage.app.setPresence({ show: 'dnd', status: 'meeting', accountId: 2 })
    expect(only(work.sent(), 'presence').getChildText('show')).toBe('dnd')
    expect(home.sent()).toEqual([])
    expect(stage.app.state()).toMatchObject({
      ownPresence: { show: 'online' },
      accountPresences: [{ accountId: 2, presence: { show: 'dnd', status: 'meeting' } }],
    })
    stage.app.setPresence({ show: 'away', status: '' })
    expect(only(work.sent(), 'presence').getChildText('show')).toBe('away')
    expect(only(home.sent(), 'presence').getChildText('show')).toBe('away')
    expect(stage.app.state().accountPresences).toEqual([])
  })

  test('offline ends its stream and no other, over a restart too', async () => {
    const { stage, work, phases } = await both()
    stage.app.setPresence({ show: 'offline', status: '', accountId: 2 })
    await settle()
    expect(work.state).toBe('closed')
    expect(phases()).toEqual(['online', 'offline'])
    const again = setStage({ storage: stage.storage, accounts: [ROMEO, WORK] })
    again.app.start()
    await settle()
    expect(again.connect.requests.map((request) => request.jid)).toEqual([ROMEO])
    again.app.setPresence({ show: 'online', status: '', accountId: 2 })
    await settle()
    expect(again.connect.requests.map((request) => request.jid)).toEqual([ROMEO, WORK])
  })

  test('online while all others are offline', async () => {
    const { stage, home, work, phases } = await both()
    stage.app.setPresence({ show: 'offline', status: '' })
    await settle()
    expect([home.state, work.state]).toEqual(['closed', 'closed'])
    stage.app.reconnect(2)
    await settle()
    expect(stage.connect.requests.map((request) => request.jid)).toEqual([ROMEO, WORK, WORK])
    expect(phases()[0]).toBe('offline')
    expect(stage.app.state().ownPresence.show).toBe('offline')
  })

  test('goes away by itself although what holds for all does not', async () => {
    const { stage, home, work } = await both()
    stage.app.setPresence({ show: 'dnd', status: '' })
    stage.app.setPresence({ show: 'online', status: '', accountId: 2 })
    home.sent()
    work.sent()
    stage.app.setIdle({ level: 'away', since: NOW })
    const [told] = work.sent()
    expect(told?.getChildText('show')).toBe('away')
    expect(home.sent().map((presence) => presence.getChildText('show'))).toEqual(['dnd'])
  })
})

describe('removed but for its history', () => {
  test('nothing of it is under way any more, and what was said is there', async () => {
    const { stage, home } = await both()
    home.receive(`<message from='${JULIET}' type='chat'><body>at home</body></message>`)
    home.receive(`<presence from='paris@verona.example' type='subscribe'/>`)
    const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
    stage.app.setPresence({ show: 'offline', status: '', accountId: 1 })
    stage.app.sendMessage({ conversationId: id, body: 'too late' })
    stage.app.scheduleMessage({ conversationId: id, body: 'later', dueAt: NOW + 60_000 })
    await stage.app.removeAccount(1, true)
    expect(stage.app.state()).toMatchObject({
      accounts: [{ id: 1, enabled: false, retired: true }, { id: 2 }],
      ...{ requests: [], scheduled: [], accountPresences: [] },
    })
    expect(stage.secrets.getPassword(1)).toBeUndefined()
    const { messages } = stage.app.pageMessages({ conversationId: id, limit: 9 })
    expect(messages.map(({ body, state }) => [body, state])).toEqual([
      ['at home', 'received'],
      ['too late', 'failed'],
    ])
    expect(() => stage.app.setAccountEnabled({ accountId: 1, enabled: true })).toThrow('not-found')
  })

  test('signed in again it is as before, and nothing goes out by surprise', async () => {
    const { stage } = await both()
    const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
    await stage.app.removeAccount(1, true)
    const done = stage.app.signIn({
      ...{ address: ROMEO, password: 'again', remember: true, insist: false, security: 'automatic' },
    })
    await settle()
    const stream = stage.stream()
    const request = stream.sent().find((element) => element.is('iq'))
    stream.receive(`<iq type='result' id='${String(request?.attrs['id'])}'/>`)
    await settle()
    expect(await done).toMatchObject({ id: 1, enabled: true })
    expect(await done).not.toHaveProperty('retired')
    expect(stage.app.state().conversations).toMatchObject([{ id, accountId: 1 }])
    expect(bodies(stream.sent())).toEqual([])
  })

  test('and its history deleted afterwards', async () => {
    const { stage, home } = await both()
    home.receive(`<message from='${JULIET}' type='chat'><body>at home</body></message>`)
    await stage.app.removeAccount(1, true)
    await stage.app.removeAccount(1)
    expect(stage.app.state()).toMatchObject({ accounts: [{ id: 2 }], conversations: [] })
  })
})
