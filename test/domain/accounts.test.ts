/** Several accounts apart from each other; passwords, provisioning, removal. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ProvisionedAccount } from '../../src-main/domain/app.types.ts'
import {
  answerRoster,
  bodies,
  failure,
  JULIET,
  jid,
  NOW,
  ROMEO,
  setStage,
  settle,
  startOnline,
} from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const WORK = jid('romeo@work.example')
const provisioned: ProvisionedAccount = {
  address: 'romeo@montague.example',
  password: 'from file',
  security: 'automatic',
  remember: true,
}

describe('two accounts', () => {
  async function both() {
    const stage = setStage({ accounts: [ROMEO, WORK] })
    await startOnline(stage, `<item jid='juliet@capulet.example' subscription='both'/>`)
    const [home, work] = stage.connect.streams
    if (home === undefined || work === undefined) throw new Error('two streams were expected')
    return { stage, home, work }
  }

  test('keep messages with the same contact apart', async () => {
    const { stage, home, work } = await both()
    home.receive(`<message from='${JULIET}' type='chat' id='1'><body>at home</body></message>`)
    work.receive(`<message from='${JULIET}' type='chat' id='1'><body>at work</body></message>`)
    const seen = stage.app.state().conversations.map(({ accountId, last }) => [accountId, last?.body])
    expect(Object.fromEntries(seen)).toEqual({ 1: 'at home', 2: 'at work' })
  })

  test('send each by its own stream', async () => {
    const { stage, home, work } = await both()
    home.sent()
    work.sent()
    const { id } = stage.app.openConversation({ accountId: 2, jid: JULIET })
    stage.app.sendMessage({ conversationId: id, body: 'from work' })
    expect(bodies(home.sent())).toEqual([])
    expect(bodies(work.sent())).toEqual(['from work'])
  })

  test('keep presences and requests apart, and lose them apart', async () => {
    const { stage, home, work } = await both()
    home.receive(`<presence from='${JULIET}/x'/>`)
    work.receive(`<presence from='${JULIET}/y'/>`)
    work.receive(`<presence from='paris@verona.example' type='subscribe'/>`)
    home.drop({ code: 'conflict' })
    expect(stage.app.state().presences).toMatchObject([{ accountId: 2, resources: [{ resource: 'y' }] }])
    expect(stage.app.state().requests).toMatchObject([{ accountId: 2 }])
    expect(stage.app.state().connections.map(({ state }) => state.phase)).toEqual(['offline', 'online'])
  })

  test('an error of one account marks no message of the other', async () => {
    const { stage, home, work } = await both()
    const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
    home.sent()
    stage.app.sendMessage({ conversationId: id, body: 'hello' })
    const messageId = String(home.sent()[0]?.attrs['id'])
    work.receive(`<message type='error' from='${JULIET}' id='${messageId}'><error type='cancel'/></message>`)
    expect(stage.app.pageMessages({ conversationId: id, limit: 9 }).messages).toMatchObject([
      { state: 'pending' },
    ])
  })

  test('removing one leaves nothing of it and all of the other', async () => {
    const { stage, home, work } = await both()
    home.receive(`<message from='${JULIET}' type='chat'><body>at home</body></message>`)
    work.receive(`<message from='${JULIET}' type='chat'><body>at work</body></message>`)
    const gone = stage.app.state().conversations.find(({ accountId }) => accountId === 1)?.id
    await stage.app.removeAccount(1)
    expect(home.state).toBe('closed')
    const state = stage.app.state()
    expect(state.accounts).toMatchObject([{ id: 2 }])
    expect(state.connections).toMatchObject([{ accountId: 2, state: { phase: 'online' } }])
    expect(state.contacts).toMatchObject([{ accountId: 2 }])
    expect(state.conversations).toMatchObject([{ accountId: 2 }])
    expect(stage.secrets.getPassword(1)).toBeUndefined()
    expect(stage.secrets.getPassword(2)).toBe('secret')
    expect(stage.events('conversation.removed')).toEqual([{ conversationId: gone }])
    expect(stage.events('account.removed')).toEqual([{ accountId: 1 }])
    await settle(3_600_000)
    expect(stage.connect.requests).toHaveLength(2)
  })

  test('removing a long history lets others speak meanwhile', async () => {
    const { stage, home, work } = await both()
    for (let index = 0; index < 250; index += 1) {
      home.receive(`<message from='${JULIET}' type='chat' id='m${index}'><body>${index}</body></message>`)
    }
    const removed = stage.app.removeAccount(1)
    let heard = 0
    while (stage.events('account.removed').length === 0) {
      heard += 1
      work.receive(`<message from='${JULIET}' type='chat' id='w${heard}'><body>meanwhile</body></message>`)
      await nextTurn()
    }
    await removed
    expect(heard).toBeGreaterThan(2)
    expect(stage.app.state().conversations).toMatchObject([{ accountId: 2, unreadCount: heard }])
  })

  test('a disabled one stays out', async () => {
    const before = setStage({ accounts: [ROMEO, WORK] })
    before.storage.updateAccount(1, { enabled: false })
    const stage = setStage({ storage: before.storage, accounts: [ROMEO, WORK] })
    stage.app.start()
    await settle()
    expect(stage.connect.requests.map((request) => request.jid)).toEqual([WORK])
  })
})

describe('a password', () => {
  const given = { accountId: 1, password: 'right', remember: false, insist: false }

  test('that was not kept is asked for, and connects once entered', async () => {
    const stage = setStage()
    stage.secrets.passwords.clear()
    stage.app.start()
    stage.app.enterPassword(given)
    await settle()
    expect(stage.connect.requests).toMatchObject([{ password: 'right' }])
    expect(stage.app.state().accounts).toMatchObject([{ remember: false }])
    expect(stage.events('account.changed')).toHaveLength(1)
  })

  test('that was wrong is replaced, and tried at once', async () => {
    const stage = setStage()
    stage.connect.outcomes.push(failure('credentials'))
    stage.app.start()
    await settle()
    stage.app.enterPassword(given)
    await settle()
    await answerRoster(stage.stream())
    expect(stage.app.state().connections).toMatchObject([{ state: { phase: 'online' } }])
  })

  test('that is entered while all is well disturbs nothing', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stage.app.enterPassword(given)
    await settle()
    expect(stream.state).toBe('open')
    expect(stage.connect.requests).toHaveLength(1)
  })

  test('is not put into an unprotected keyring unless the user insists', () => {
    const stage = setStage()
    stage.secrets.protected = false
    expect(() => stage.app.enterPassword({ ...given, remember: true })).toThrow('keyring-unprotected')
    expect(stage.secrets.getPassword(1)).toBe('secret')
    stage.app.enterPassword({ ...given, remember: true, insist: true })
    expect(stage.secrets.getPassword(1)).toBe('right')
  })

  test('or a reconnect for an account that is not there is refused', async () => {
    const stage = setStage()
    expect(() => stage.app.enterPassword({ ...given, accountId: 9 })).toThrow('not-found')
    expect(() => stage.app.reconnect(9)).toThrow('not-found')
    await expect(stage.app.removeAccount(9)).rejects.toThrow('not-found')
  })

  test('asked to reconnect while offline by choice means online', async () => {
    const stage = setStage()
    stage.app.setPresence({ show: 'offline', status: '' })
    stage.app.start()
    stage.app.reconnect(1)
    await settle()
    expect(stage.connect.requests).toHaveLength(1)
    expect(stage.app.state().ownPresence.show).toBe('online')
  })
})

describe('provisioning', () => {
  test('adds accounts and connects them', async () => {
    const stage = setStage({ accounts: [] })
    stage.app.start()
    stage.app.provision([{ ...provisioned, host: '127.0.0.1', port: 15222, security: 'direct-tls' }])
    await settle()
    expect(stage.app.state().accounts).toMatchObject([
      { jid: ROMEO, host: '127.0.0.1', port: 15222, enabled: true },
    ])
    expect(stage.app.state().accounts[0]?.resource).toMatch(/^Linnet\.[a-z0-9]{6}$/)
    expect(stage.connect.requests).toMatchObject([
      { jid: ROMEO, password: 'from file', security: 'direct-tls' },
    ])
    expect(stage.events('account.added')).toHaveLength(1)
  })

  test('before the start connects nothing yet', async () => {
    const stage = setStage({ accounts: [] })
    stage.app.provision([provisioned])
    await settle()
    expect(stage.connect.requests).toHaveLength(0)
    stage.app.start()
    await settle()
    expect(stage.connect.requests).toHaveLength(1)
  })

  test('updates one that exists, by one new connection', async () => {
    const stage = setStage()
    stage.app.start()
    stage.app.provision([{ ...provisioned, port: 5223 }])
    await settle()
    expect(stage.app.state().accounts).toMatchObject([{ id: 1, port: 5223, resource: 'Linnet.test' }])
    await answerRoster(stage.stream())
    expect(stage.connect.requests.filter(({ signal }) => !signal.aborted)).toMatchObject([
      { port: 5223, password: 'from file' },
    ])
  })

  test('the same again disturbs nothing', async () => {
    const stage = setStage({ accounts: [] })
    stage.app.provision([provisioned])
    const stream = await startOnline(stage)
    stage.app.provision([provisioned])
    await settle()
    expect(stream.state).toBe('open')
    expect(stage.connect.requests).toHaveLength(1)
  })

  test('with one wrong address imports nothing and names it', () => {
    const stage = setStage({ accounts: [] })
    expect(() => stage.app.provision([provisioned, { ...provisioned, address: 'nobody' }])).toThrow(
      'invalid-address: nobody',
    )
    expect(stage.app.state().accounts).toEqual([])
    expect(stage.secrets.passwords.size).toBe(0)
    expect(stage.eventNames()).toEqual([])
  })
})
