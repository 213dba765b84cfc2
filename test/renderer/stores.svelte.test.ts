// @vitest-environment happy-dom
import { flushSync } from 'svelte'
import { describe, expect, test } from 'vitest'
import type { Snapshot } from '../../src-main/contract/snapshot.ts'
import { createClient } from '../../src-renderer/bridge.ts'
import { Linnet } from '../../src-renderer/stores/linnet.svelte.ts'
import { createFakeBridge, type FakeBridge } from './fake-bridge.ts'
import {
  jid,
  makeAccount,
  makeContact,
  makeConversation,
  makePresence,
  makeRequest,
  makeSnapshot,
} from './make.ts'

async function started(snapshot: Partial<Snapshot> = {}): Promise<{ linnet: Linnet; bridge: FakeBridge }> {
  const bridge = createFakeBridge(snapshot, {
    'conversation.open': (input) => makeConversation(77, input.jid),
  })
  const linnet = new Linnet(createClient(bridge))
  await linnet.client.connectEvents(linnet)
  return { linnet, bridge }
}

const juliet = 'juliet@capulet.example'

describe('accounts', () => {
  test('come and go, with their connections', async () => {
    const { linnet, bridge } = await started()
    expect(linnet.accounts.first).toBeUndefined()
    bridge.push('account.added', { account: makeAccount() })
    bridge.push('connection.changed', { accountId: 1, state: { phase: 'connecting', step: 'securing' } })
    expect(linnet.accounts.first?.jid).toBe('romeo@montague.example')
    expect(linnet.accounts.connectionOf(1)).toEqual({ phase: 'connecting', step: 'securing' })
    bridge.push('account.changed', { account: makeAccount({ remember: false }) })
    expect(linnet.accounts.list).toHaveLength(1)
    expect(linnet.accounts.first?.remember).toBe(false)
    bridge.push('account.removed', { accountId: 1 })
    expect(linnet.accounts.list).toEqual([])
  })

  test('an account that is not known to connect is offline', async () => {
    const { linnet } = await started()
    expect(linnet.accounts.connectionOf(9)).toEqual({ phase: 'offline' })
  })

  test('what belonged to a removed account goes with it, and nothing else', async () => {
    const other = makeContact('x@y.example', { accountId: 11 })
    const { linnet, bridge } = await started({
      accounts: [makeAccount(), makeAccount({ id: 11 })],
      contacts: [makeContact(juliet), other],
      presences: [makePresence(juliet, 'away')],
      requests: [makeRequest('paris@verona.example')],
      conversations: [makeConversation(1, juliet), makeConversation(2, 'x@y.example', { accountId: 11 })],
    })
    bridge.push('account.removed', { accountId: 1 })
    expect(linnet.roster.all).toEqual([other])
    expect(linnet.presence.showOf(1, juliet)).toBe('offline')
    expect(linnet.requests.list).toEqual([])
    expect(linnet.conversations.list.map((one) => one.id)).toEqual([2])
  })
})

describe('roster', () => {
  test('a change adds, replaces and removes', async () => {
    const { linnet, bridge } = await started({
      contacts: [makeContact(juliet), makeContact('nurse@capulet.example')],
    })
    bridge.push('roster.changed', {
      accountId: 1,
      replaced: false,
      upserted: [makeContact(juliet, { name: 'Juliet' }), makeContact('paris@verona.example')],
      removed: [jid('nurse@capulet.example')],
    })
    expect(linnet.roster.all.map((contact) => contact.jid).sort()).toEqual([juliet, 'paris@verona.example'])
    expect(linnet.roster.nameOf(1, juliet)).toBe('Juliet')
  })

  test('a contact without a name goes by its nickname, a stranger never', async () => {
    const [nurse, paris] = [jid('nurse@capulet.example'), jid('paris@verona.example')]
    const { linnet, bridge } = await started({
      contacts: [makeContact(juliet, { name: 'Juliet' }), makeContact(nurse, { name: '' })],
      nicknames: [{ accountId: 1, jid: nurse, nick: 'Angelica' }],
    })
    expect(linnet.roster.nameOf(1, nurse)).toBe('Angelica')
    const nicknames = [
      { accountId: 1, jid: nurse, nick: 'juliet' },
      { accountId: 1, jid: paris, nick: 'The Count' },
    ]
    bridge.push('nickname.changed', { nicknames })
    expect(linnet.roster.nameOf(1, nurse)).toBe('nurse')
    expect(linnet.roster.nameOf(1, paris)).toBe('paris')
    expect(linnet.roster.nickOf(1, paris)).toBe('The Count')
  })

  test('a replaced roster keeps nothing of the old one, but other accounts', async () => {
    const other = makeContact(juliet, { accountId: 2 })
    const { linnet, bridge } = await started({ contacts: [makeContact(juliet), other] })
    bridge.push('roster.changed', { accountId: 1, replaced: true, upserted: [], removed: [] })
    expect(linnet.roster.all).toEqual([other])
  })

  test('names: the roster’s, else the local part, else the domain; never the nick of a stranger', async () => {
    const { linnet } = await started({
      contacts: [makeContact(juliet, { name: '  ' }), makeContact('capulet.example')],
      requests: [makeRequest('paris@verona.example', { nick: 'Juliet' })],
    })
    expect(linnet.roster.nameOf(1, juliet)).toBe('juliet')
    expect(linnet.roster.nameOf(1, 'capulet.example')).toBe('capulet.example')
    expect(linnet.roster.nameOf(1, 'paris@verona.example')).toBe('paris')
  })

  test('what is drawn follows', async () => {
    const { linnet, bridge } = await started()
    const drawn: string[] = []
    const stop = $effect.root(() => {
      $effect(() => void drawn.push(linnet.roster.nameOf(1, juliet)))
    })
    flushSync()
    bridge.push('roster.changed', {
      accountId: 1,
      replaced: false,
      upserted: [makeContact(juliet, { name: 'Jule' })],
      removed: [],
    })
    flushSync()
    stop()
    expect(drawn).toEqual(['juliet', 'Jule'])
  })
})

describe('presence', () => {
  test('the first resource is shown; none means offline', async () => {
    const { linnet, bridge } = await started({ presences: [makePresence(juliet, 'dnd', 'at the feast')] })
    expect(linnet.presence.showOf(1, juliet)).toBe('dnd')
    expect(linnet.presence.statusOf(1, juliet)).toBe('at the feast')
    bridge.push('presence.changed', { presences: [{ accountId: 1, jid: jid(juliet), resources: [] }] })
    expect(linnet.presence.showOf(1, juliet)).toBe('offline')
    expect(linnet.presence.resourcesOf(1, juliet)).toEqual([])
  })

  test('the user’s own', async () => {
    const { linnet, bridge } = await started()
    bridge.push('presence.ownChanged', { presence: { show: 'xa', status: 'in Mantua' } })
    expect(linnet.presence.own).toEqual({ show: 'xa', status: 'in Mantua' })
  })
})

describe('conversations', () => {
  test('stand newest first and count what is unread', async () => {
    const { linnet, bridge } = await started({
      conversations: [
        makeConversation(1, juliet, { unreadCount: 2 }),
        makeConversation(2, 'nurse@capulet.example'),
      ],
    })
    expect(linnet.conversations.list.map((one) => one.id)).toEqual([2, 1])
    const changed = makeConversation(1, juliet, { unreadCount: 3, activeAt: 9000 })
    bridge.push('conversation.changed', { conversation: changed })
    expect(linnet.conversations.list.map((one) => one.id)).toEqual([1, 2])
    expect(linnet.rooms.callingCount(changed)).toBe(3)
    expect(linnet.conversations.with(1, juliet)?.id).toBe(1)
    bridge.push('conversation.removed', { conversationId: 1 })
    expect(linnet.conversations.list.map((one) => one.id)).toEqual([2])
  })
})

describe('requests', () => {
  test('wait oldest first, once an address, until they are answered', async () => {
    const { linnet, bridge } = await started({
      requests: [
        makeRequest('b@x.example', { receivedAt: 2 }),
        makeRequest('a@x.example', { receivedAt: 1 }),
      ],
    })
    expect(linnet.requests.list.map((one) => one.jid)).toEqual(['a@x.example', 'b@x.example'])
    bridge.push('subscription.requested', {
      request: makeRequest('a@x.example', { receivedAt: 5, text: 'again' }),
    })
    expect(linnet.requests.list.map((one) => one.text)).toEqual(['', 'again'])
    bridge.push('subscription.answered', { accountId: 1, jid: jid('b@x.example') })
    expect(linnet.requests.list.map((one) => one.jid)).toEqual(['a@x.example'])
  })
})

describe('settings', () => {
  test('the language is the environment’s, then the user’s at once', async () => {
    const environment = { ...makeSnapshot().environment, locale: 'zh-CN' as const }
    const { linnet, bridge } = await started({ environment })
    const { settings } = makeSnapshot()
    expect(linnet.settings.locale).toBe('zh-CN')
    bridge.push('settings.changed', { settings: { ...settings, theme: 'dark' } })
    expect(linnet.settings.locale).toBe('zh-CN')
    expect(linnet.settings.values.theme).toBe('dark')
    bridge.push('settings.changed', { settings: { ...settings, language: 'en' } })
    expect(linnet.settings.locale).toBe('en')
  })
})

describe('navigation', () => {
  test('a view of the snapshot and of an event is shown', async () => {
    const { linnet, bridge } = await started({
      conversations: [makeConversation(5, juliet)],
      view: { kind: 'conversation', conversationId: 5 },
    })
    expect(linnet.navigation.conversationId).toBe(5)
    const uri = { jid: jid(juliet), action: 'message', body: 'Hi', name: '' } as const
    bridge.push('view.requested', { view: { kind: 'link', uri } })
    expect(linnet.navigation.dialog).toEqual({ kind: 'link', uri })
    expect(bridge.asked.map((one) => one.name)).toEqual(['app.snapshot'])
  })

  test('a chat with a known counterpart asks nothing, one with a new counterpart opens it', async () => {
    const { linnet, bridge } = await started({ conversations: [makeConversation(5, juliet)] })
    await linnet.navigation.openConversationWith(1, juliet)
    expect(linnet.navigation.conversationId).toBe(5)
    await linnet.navigation.openConversationWith(1, 'paris@verona.example')
    expect(bridge.inputsOf('conversation.open')).toEqual([{ accountId: 1, jid: 'paris@verona.example' }])
    expect(linnet.navigation.conversationId).toBe(77)
    expect(linnet.conversations.find(77)?.counterpart).toBe('paris@verona.example')
  })

  test('a conversation that is removed is left', async () => {
    const { linnet, bridge } = await started({ conversations: [makeConversation(5, juliet)] })
    linnet.navigation.showConversation(5)
    bridge.push('conversation.removed', { conversationId: 5 })
    expect(linnet.navigation.conversationId).toBeUndefined()
  })
})

test('others hear events after the stores have them, until they stop listening', async () => {
  const { linnet, bridge } = await started()
  const heard: number[] = []
  const stop = linnet.on('conversation.changed', () => void heard.push(linnet.conversations.list.length))
  bridge.push('conversation.changed', { conversation: makeConversation(1, juliet) })
  stop()
  bridge.push('conversation.changed', { conversation: makeConversation(2, 'nurse@capulet.example') })
  expect(heard).toEqual([1])
})

test('notices stay until dismissed', async () => {
  const { linnet, bridge } = await started({ notices: [{ code: 'database-damaged', setAside: '/old' }] })
  bridge.push('notice.raised', { notice: { code: 'disk-full', detail: 'ENOSPC' } })
  const [first] = linnet.notices
  if (first) linnet.dismissNotice(first)
  expect(linnet.notices.map((notice) => notice.code)).toEqual(['disk-full'])
})
