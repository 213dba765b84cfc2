/** Model values for renderer tests, with defaults for what a test does not speak of. */
import type { Snapshot } from '../../src-main/contract/snapshot.ts'
import type { Account, ConnectionState } from '../../src-main/model/account.ts'
import type { Contact, SubscriptionRequest } from '../../src-main/model/contact.ts'
import type { Conversation } from '../../src-main/model/conversation.ts'
import { DEFAULT_AWAY_RULES } from '../../src-main/model/availability.ts'
import type { BareJid } from '../../src-main/model/jid.ts'
import type { ContactPresence, Show } from '../../src-main/model/presence.ts'
import { DEFAULT_PREFERENCES } from '../../src-main/model/preferences.ts'
import { DEFAULT_SETTINGS } from '../../src-main/model/settings.ts'

export function jid(text: string): BareJid {
  return text as BareJid
}

export function makeAccount(part: Partial<Account> = {}): Account {
  return {
    id: 1,
    jid: jid('romeo@montague.example'),
    enabled: true,
    resource: 'linnet.a1b2',
    remember: true,
    security: 'automatic',
    ...part,
  }
}

/** Of the account that makeAccount makes. */
export const ONLINE: ConnectionState = {
  phase: 'online',
  jid: 'romeo@montague.example/x' as never,
  tls: 'TLSv1.3',
  mechanism: 'SCRAM-SHA-256-PLUS',
  transport: 'tcp',
}

export function makeContact(address: string, part: Partial<Contact> = {}): Contact {
  return {
    accountId: 1,
    jid: jid(address),
    name: '',
    subscription: 'both',
    ask: false,
    approved: false,
    groups: [],
    ...part,
  }
}

export function makePresence(address: string, show: Show, status = '', resource = 'phone'): ContactPresence {
  return { accountId: 1, jid: jid(address), resources: [{ resource, show, status, priority: 0 }] }
}

export function makeConversation(
  id: number,
  address: string,
  part: Partial<Conversation> = {},
): Conversation {
  return {
    id,
    accountId: 1,
    kind: 'chat',
    counterpart: jid(address),
    unreadCount: 0,
    draft: '',
    activeAt: id * 1000,
    ...part,
  }
}

export function makeRequest(address: string, part: Partial<SubscriptionRequest> = {}): SubscriptionRequest {
  return { accountId: 1, jid: jid(address), text: '', nick: '', receivedAt: 1000, ...part }
}

export function makeSnapshot(part: Partial<Snapshot> = {}): Snapshot {
  return {
    seq: 10,
    accounts: [],
    connections: [],
    ownPresence: { show: 'online', status: '' },
    contacts: [],
    presences: [],
    requests: [],
    archives: [],
    indexing: null,
    conversations: [],
    typing: [],
    scheduled: [],
    rooms: [],
    invitations: [],
    foldedGroups: [],
    personPictures: [],
    nicknames: [],
    settings: DEFAULT_SETTINGS,
    preferences: DEFAULT_PREFERENCES,
    notices: [],
    inbox: { messages: [], hasMore: false, unreadCount: 0 },
    feed: [],
    priorities: [],
    automatic: null,
    awayRules: DEFAULT_AWAY_RULES,
    idleSourceWorks: true,
    recentStatuses: [],
    directed: [],
    blockLists: [],
    serverAbilities: [],
    accountPresences: [],
    reporting: [],
    environment: {
      version: '0.1.0',
      platform: 'linux',
      locale: 'en',
      keyringProtected: true,
      trayAvailable: true,
      development: false,
    },
    ...part,
  }
}
