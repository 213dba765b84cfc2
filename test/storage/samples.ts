/** Small whole values for storage tests; each test says only what it is about. */
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { RosterItem } from '../../src-main/model/contact.ts'
import type { BareJid } from '../../src-main/model/jid.ts'
import type { RoomTraits } from '../../src-main/model/room.ts'
import type { NewAccount, NewMessage, Storage } from '../../src-main/storage/storage.ts'

export const ROMEO = 'romeo@montague.example' as BareJid
export const JULIET = 'juliet@capulet.example' as BareJid
export const NURSE = 'nurse@capulet.example' as BareJid

export function sampleAccount(change: Partial<NewAccount> = {}): NewAccount {
  return {
    ...{
      jid: ROMEO,
      enabled: true,
      security: 'automatic',
      resource: 'linnet.1',
      remember: true,
      color: 'blue',
    },
    ...change,
  }
}

export function sampleItem(change: Partial<RosterItem> = {}): RosterItem {
  return {
    jid: JULIET,
    name: 'Juliet',
    subscription: 'both',
    ask: false,
    approved: false,
    groups: [],
    ...change,
  }
}

/** Romeo's account with one conversation, opened at 0. */
export function withConversation(storage: Storage, counterpart = JULIET): Conversation {
  const account = storage.listAccounts()[0] ?? storage.insertAccount(sampleAccount())
  return storage.insertConversation(account.id, counterpart, 0)
}

/** From the counterpart, read, without any id. */
export function received(conversation: Conversation, change: Partial<NewMessage> = {}): NewMessage {
  return {
    accountId: conversation.accountId,
    conversationId: conversation.id,
    direction: 'in',
    sender: conversation.counterpart,
    body: 'hi',
    sentAt: 1000,
    state: 'received',
    unread: false,
    ...change,
  }
}

/** Romeo's own, pending. */
export function written(conversation: Conversation, change: Partial<NewMessage> = {}): NewMessage {
  return {
    ...received(conversation),
    direction: 'out',
    sender: ROMEO,
    state: 'pending',
    messageId: 'own-1',
    ...change,
  }
}

/** A room that says little of itself. */
export const roomTraits: RoomTraits = {
  ...{ name: 'Garden', description: '', membersOnly: false, moderated: false, nonAnonymous: false },
  ...{ passwordProtected: false, temporary: false, hidden: false, archived: true, occupantIds: true },
  moderation: false,
}
