import { beforeEach, describe, expect, test } from 'vitest'
import type { Storage } from '../../src-main/storage/storage.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { JULIET, NURSE, received, ROMEO, sampleAccount, sampleItem, withConversation } from './samples.ts'

let storage: Storage
beforeEach(() => {
  storage = createMemoryStorage()
  return () => storage.close()
})

describe('accounts', () => {
  test('are given back as they were put in, the first one first', () => {
    const full = sampleAccount({ host: 'xmpp.example', port: 5223, security: 'direct-tls', enabled: false })
    const first = storage.insertAccount(full)
    const second = storage.insertAccount(sampleAccount({ jid: JULIET, remember: false }))
    expect(first).toStrictEqual({ id: first.id, ...full })
    expect(second).toStrictEqual({ id: second.id, ...sampleAccount({ jid: JULIET, remember: false }) })
    expect(storage.listAccounts()).toStrictEqual([first, second])
    expect(storage.findAccount(second.id)).toStrictEqual(second)
    expect(storage.findAccount(second.id + 1)).toBeUndefined()
  })

  test('exist once per address', () => {
    storage.insertAccount(sampleAccount())
    expect(() => storage.insertAccount(sampleAccount({ resource: 'other' }))).toThrow(
      expect.objectContaining({ name: 'StorageError', code: 'other' }),
    )
    expect(storage.listAccounts()).toHaveLength(1)
  })

  test('change only in what is named; a host named as undefined is taken away', () => {
    const account = storage.insertAccount(sampleAccount({ host: 'xmpp.example', port: 5223 }))
    expect(storage.updateAccount(account.id, { enabled: false })).toStrictEqual({
      ...account,
      enabled: false,
    })
    expect(storage.updateAccount(account.id, { host: undefined, security: 'starttls' })).toStrictEqual({
      id: account.id,
      ...sampleAccount({ enabled: false, port: 5223, security: 'starttls' }),
    })
    expect(() => storage.updateAccount(account.id + 1, {})).toThrow(
      expect.objectContaining({ code: 'other' }),
    )
  })

  test('keep which way they connect; automatic is the absence of a choice', () => {
    const chosen = { transport: 'websocket', webSocketUrl: 'wss://xmpp.example/ws' } as const
    const account = storage.insertAccount(sampleAccount(chosen))
    expect(account).toStrictEqual({ id: account.id, ...sampleAccount(chosen) })
    expect(storage.updateAccount(account.id, { resource: 'other' })).toMatchObject(chosen)
    const back = storage.updateAccount(account.id, { transport: 'automatic', webSocketUrl: undefined })
    expect(back).toStrictEqual({ id: account.id, ...sampleAccount({ resource: 'other' }) })
  })

  test('take everything of theirs with them, and nothing of another', () => {
    const kept = storage.insertAccount(sampleAccount({ jid: NURSE }))
    const keptConversation = storage.insertConversation(kept.id, JULIET, 1)
    const keptMessage = storage.insertMessage(received(keptConversation))
    storage.replaceRoster(kept.id, [sampleItem()], 'v1')
    const request = { jid: JULIET, text: '', nick: '', receivedAt: 1 }
    storage.putRequest({ accountId: kept.id, ...request })

    const gone = storage.insertAccount(sampleAccount())
    const goneConversation = storage.insertConversation(gone.id, JULIET, 2)
    const goneMessage = storage.insertMessage(received(goneConversation, { unread: true }))
    storage.replaceRoster(gone.id, [sampleItem({ groups: ['Friends'] })], 'v1')
    storage.putRequest({ accountId: gone.id, ...request })
    storage.deleteAccount(gone.id)

    expect(storage.listAccounts()).toStrictEqual([kept])
    expect(storage.listContacts()).toStrictEqual([{ accountId: kept.id, ...sampleItem() }])
    expect(storage.listRequests()).toStrictEqual([{ accountId: kept.id, ...request }])
    expect(storage.listConversations().map(({ id }) => id)).toStrictEqual([keptConversation.id])
    expect(storage.findMessage(keptMessage?.id ?? 0)).toStrictEqual(keptMessage)
    expect(storage.findMessage(goneMessage?.id ?? 0)).toBeUndefined()
    expect(storage.getRosterVersion(gone.id)).toBeUndefined()
  })

  test('lose their messages a few at a time, and no one else’s', () => {
    const kept = storage.insertConversation(
      storage.insertAccount(sampleAccount({ jid: NURSE })).id,
      JULIET,
      1,
    )
    const keptMessage = storage.insertMessage(received(kept))
    const gone = storage.insertAccount(sampleAccount())
    for (const [index, jid] of [JULIET, JULIET, NURSE, NURSE, NURSE].entries()) {
      const conversation = storage.insertConversation(gone.id, jid, 2)
      storage.insertMessage(received(conversation, { messageId: `m${index}`, originId: `o${index}` }))
    }
    const deleted = [1, 2, 3, 4].map(() => storage.deleteSomeMessages(gone.id, 2))
    expect(deleted).toStrictEqual([2, 2, 1, 0])
    expect(storage.findMessage(keptMessage?.id ?? 0)).toStrictEqual(keptMessage)
  })

  test('never get the id of one that was removed: the keyring knows passwords by it', () => {
    const gone = storage.insertAccount(sampleAccount())
    storage.deleteAccount(gone.id)
    expect(storage.insertAccount(sampleAccount()).id).toBeGreaterThan(gone.id)
  })

  test('have a name and a colour; without one they get a colour that is free', () => {
    const first = storage.insertAccount(sampleAccount({ color: 'orange' }))
    const { color: _color, ...plain } = sampleAccount({ jid: NURSE })
    expect(storage.insertAccount(plain).color).toBe('blue')
    expect(storage.updateAccount(first.id, { label: 'Work', color: 'teal' })).toMatchObject({
      ...{ label: 'Work', color: 'teal', enabled: true },
    })
    expect(storage.updateAccount(first.id, { label: '' })).not.toHaveProperty('label')
  })

  test('stand in the user’s order, a new one last; what is left out comes after', () => {
    const ids = [ROMEO, NURSE, JULIET].map((jid) => storage.insertAccount(sampleAccount({ jid })).id)
    const [first = 0, second = 0, third = 0] = ids
    storage.arrangeAccounts([third, first])
    expect(storage.listAccounts().map(({ id }) => id)).toEqual([third, first, second])
    storage.arrangeAccounts([second, second, 99])
    expect(storage.listAccounts().map(({ id }) => id)).toEqual([second, third, first])
    const { id } = storage.insertAccount(sampleAccount({ jid: 'late@capulet.example' as typeof ROMEO }))
    expect(storage.listAccounts().at(-1)?.id).toBe(id)
  })

  test('have a presence of their own, or none', () => {
    const { id } = storage.insertAccount(sampleAccount())
    expect(storage.getAccountPresence(id)).toBeUndefined()
    storage.setAccountPresence(id, { show: 'offline', status: 'gone' })
    expect(storage.getAccountPresence(id)).toEqual({ show: 'offline', status: 'gone' })
    expect(storage.listAccountPresences()).toEqual([
      { accountId: id, presence: { show: 'offline', status: 'gone' } },
    ])
    storage.setAccountPresence(id, undefined)
    expect(storage.listAccountPresences()).toEqual([])
  })

  test('remember the strongest mechanism', () => {
    const account = storage.insertAccount(sampleAccount())
    expect(storage.getStrongestMechanism(account.id)).toBeUndefined()
    storage.setStrongestMechanism(account.id, 'SCRAM-SHA-256-PLUS')
    expect(storage.getStrongestMechanism(account.id)).toBe('SCRAM-SHA-256-PLUS')
    expect(storage.updateAccount(account.id, { remember: false }).remember).toBe(false)
    expect(storage.getStrongestMechanism(account.id)).toBe('SCRAM-SHA-256-PLUS')
  })

  test('keep the same counterpart apart', () => {
    const mine = withConversation(storage)
    const other = storage.insertAccount(sampleAccount({ jid: NURSE }))
    const others = storage.insertConversation(other.id, JULIET, 0)
    const ids = { messageId: '1', originId: '1', stanzaId: '1' }
    expect(storage.insertMessage(received(mine, ids))).toBeDefined()
    expect(storage.insertMessage(received(others, ids))).toBeDefined()
    expect(storage.findConversationWith(other.id, JULIET)?.id).toBe(others.id)
    expect(storage.pageMessages({ conversationId: others.id, limit: 9 }).messages).toHaveLength(1)
  })

  test('own their conversations: a message under another account is refused', () => {
    const conversation = withConversation(storage)
    const other = storage.insertAccount(sampleAccount({ jid: NURSE }))
    expect(() => storage.insertMessage(received(conversation, { accountId: other.id }))).toThrow(
      expect.objectContaining({ code: 'other' }),
    )
  })
})
