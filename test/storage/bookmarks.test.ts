/** Invitations, services that the user named, and what other devices are to be told. */
import { expect, test } from 'vitest'
import { MAX_ANSWERED, MAX_SERVICES } from '../../src-main/storage/bookmarks.ts'
import type { NewInvitation } from '../../src-main/storage/bookmarks.types.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { jid } from '../domain/stage.ts'

const COVEN = jid('coven@chat.shakespeare.example')
const HECATE = jid('hecate@shakespeare.example')

function start() {
  const storage = createMemoryStorage()
  const row = { enabled: true, resource: 'r', remember: true, security: 'automatic' } as const
  const { id: accountId } = storage.insertAccount({ ...row, jid: jid('crone1@shakespeare.example') })
  const invitation = (part: Partial<NewInvitation> = {}): NewInvitation => ({
    ...{ accountId, room: COVEN, via: 'room', sender: jid('chat.shakespeare.example') },
    ...{ from: HECATE, reason: 'come', receivedAt: 1000, ...part },
  })
  return { storage, accountId, invitation }
}

test('a room has one invitation; the later one takes its place and its answer', () => {
  const { storage, invitation } = start()
  const { id, ...first } = storage.putInvitation(invitation())
  expect(first).toStrictEqual(invitation())
  storage.answerInvitation(id, 'ignore', 2000)
  expect(storage.listInvitations()).toEqual([])
  expect(storage.findInvitation(id)).toStrictEqual({ id, ...first, answer: 'ignore', answeredAt: 2000 })
  const second = storage.putInvitation(invitation({ via: 'direct', sender: HECATE, receivedAt: 3000 }))
  expect(storage.listInvitations()).toStrictEqual([second])
  expect(second.id).toBe(id)
  expect(second.answer).toBeUndefined()
})

test('one without an inviter is kept without', () => {
  const { storage, accountId, invitation } = start()
  const { from: _from, ...nameless } = invitation()
  const { id, ...kept } = storage.putInvitation(nameless)
  expect(kept).toStrictEqual(nameless)
  expect(storage.findInvitationTo(accountId, COVEN)).toStrictEqual({ id, ...kept })
})

test('those that wait are counted, all of them and by sender', () => {
  const { storage, accountId, invitation } = start()
  for (const [index, sender] of [HECATE, HECATE, COVEN].entries()) {
    storage.putInvitation(invitation({ room: jid(`r${index}@chat.shakespeare.example`), sender }))
  }
  expect([storage.countInvitations(accountId), storage.countInvitations(accountId, HECATE)]).toEqual([3, 2])
  storage.answerInvitation(1, 'accept', 1)
  expect([storage.countInvitations(accountId), storage.countInvitations(accountId, HECATE)]).toEqual([2, 1])
  expect(storage.countInvitations(accountId + 1)).toBe(0)
})

test('of answers so many are remembered, the latest', () => {
  const { storage, accountId, invitation } = start()
  const room = (index: number) => jid(`r${index}@chat.shakespeare.example`)
  storage.transaction(() => {
    for (let index = 0; index < MAX_ANSWERED + 2; index += 1) {
      storage.answerInvitation(storage.putInvitation(invitation({ room: room(index) })).id, 'decline', index)
    }
  })
  expect(storage.findInvitationTo(accountId, room(1))).toBeUndefined()
  expect(storage.findInvitationTo(accountId, room(2))?.answer).toBe('decline')
})

test('services that were named are remembered, the one used last first, and not for ever', () => {
  const { storage, accountId } = start()
  const service = (index: number) => jid(`s${index}.example`)
  for (let index = 0; index <= MAX_SERVICES; index += 1) {
    storage.putNamedService(accountId, { jid: service(index), kind: 'rooms' }, index)
  }
  storage.putNamedService(accountId, { jid: service(5), kind: 'search' }, 99)
  const named = storage.listNamedServices(accountId)
  expect(named).toHaveLength(MAX_SERVICES)
  expect(named.slice(0, 2)).toEqual([
    { jid: service(5), kind: 'search' },
    { jid: service(MAX_SERVICES), kind: 'rooms' },
  ])
  expect(storage.listNamedServices(accountId + 1)).toEqual([])
})

test('what other devices are to be told stays due until they are', () => {
  const { storage, accountId } = start()
  storage.setBookmarkDue(accountId, COVEN, true)
  storage.setBookmarkDue(accountId, COVEN, true)
  expect(storage.listBookmarksDue(accountId)).toEqual([COVEN])
  expect(storage.isBookmarkDue(accountId, COVEN)).toBe(true)
  storage.setBookmarkDue(accountId, COVEN, false)
  expect(storage.listBookmarksDue(accountId)).toEqual([])
  expect(storage.isBookmarkDue(accountId, COVEN)).toBe(false)
})
