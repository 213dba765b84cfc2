import { describe, expect, test } from 'vitest'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import { createEvents } from '../../src-main/domain/events.ts'
import type { Contact } from '../../src-main/model/contact.ts'
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { BareJid } from '../../src-main/model/jid.ts'
import { DEFAULT_SETTINGS } from '../../src-main/model/settings.ts'
import { createOverview } from '../../src-main/shell/overview.ts'
import { makeSnapshot } from '../renderer/make.ts'

const juliet = 'juliet@capulet.example' as BareJid
const nurse = 'nurse@capulet.example' as BareJid
const conversation = (id: number, unreadCount: number, activeAt: number): Conversation => ({
  id,
  accountId: 1,
  kind: 'chat',
  counterpart: juliet,
  unreadCount,
  draft: '',
  activeAt,
})
const contact = (jid: BareJid, name: string): Contact => ({
  accountId: 1,
  jid,
  name,
  subscription: 'both',
  ask: false,
  approved: false,
  groups: [],
})

function setUp() {
  const events = createEvents((_area, _level, message) => {
    throw new Error(message)
  })
  const state: AppState = makeSnapshot({
    connections: [{ accountId: 1, state: { phase: 'offline' } }],
    ownPresence: { show: 'online', status: 'at home' },
    contacts: [contact(juliet, 'Juliet'), contact(nurse, '')],
    conversations: [conversation(1, 0, 10), conversation(2, 3, 20)],
  })
  const overview = createOverview({ events, state: () => state })
  let changes = 0
  overview.onChange(() => (changes += 1))
  return { events, overview, changes: () => changes }
}

describe('overview', () => {
  test('begins with the state', () => {
    const { overview } = setUp()
    expect(overview.unread().map(({ id }) => id)).toEqual([2])
    expect(overview.nameOf(1, juliet)).toBe('Juliet')
    expect(overview.ownPresence().status).toBe('at home')
  })

  test('a contact without a name, and a stranger, go by their address', () => {
    const { overview } = setUp()
    expect(overview.nameOf(1, nurse)).toBe(nurse)
    expect(overview.nameOf(2, juliet)).toBe(juliet)
  })

  test('follows the events and says so each time', () => {
    const { overview, events, changes } = setUp()
    events.emit('conversation.changed', { conversation: conversation(1, 1, 30) })
    expect(overview.unread().map(({ id }) => id)).toEqual([1, 2])
    events.emit('conversation.changed', { conversation: conversation(2, 0, 20) })
    expect(overview.unread().map(({ id }) => id)).toEqual([1])
    events.emit('conversation.removed', { conversationId: 1 })
    expect(overview.unread()).toEqual([])
    events.emit('presence.ownChanged', { presence: { show: 'dnd', status: '' } })
    expect(overview.ownPresence().show).toBe('dnd')
    events.emit('connection.changed', { accountId: 1, state: { phase: 'connecting', step: 'securing' } })
    expect(overview.connections()).toEqual([{ phase: 'connecting', step: 'securing' }])
    events.emit('account.removed', { accountId: 1 })
    expect(overview.connections()).toEqual([])
    events.emit('settings.changed', { settings: { ...DEFAULT_SETTINGS, closeToTray: false } })
    expect(overview.settings().closeToTray).toBe(false)
    expect(changes()).toBe(7)
  })

  test('a contact without a name goes by its nickname, unless that is somebody else’s name', () => {
    const { overview, events, changes } = setUp()
    events.emit('nickname.changed', { nicknames: [{ accountId: 1, jid: nurse, nick: 'Angelica' }] })
    expect(overview.nameOf(1, nurse)).toBe('Angelica')
    expect(overview.nameOf(1, juliet)).toBe('Juliet')
    events.emit('nickname.changed', { nicknames: [{ accountId: 1, jid: nurse, nick: 'JULIET' }] })
    expect(overview.nameOf(1, nurse)).toBe(nurse)
    expect(changes()).toBe(2)
  })

  test('a roster that is replaced as a whole forgets the names it no longer has', () => {
    const { overview, events } = setUp()
    events.emit('roster.changed', {
      accountId: 1,
      replaced: true,
      upserted: [contact(nurse, 'Nurse')],
      removed: [],
    })
    expect(overview.nameOf(1, nurse)).toBe('Nurse')
    expect(overview.nameOf(1, juliet)).toBe(juliet)
  })
})
