/** A window's other side for the gallery: answers from what is made up, and does nothing. */
import type { CommandInput, CommandName, CommandOutput } from '../../src-main/contract/commands.ts'
import type { Snapshot } from '../../src-main/contract/snapshot.ts'
import type { BareJid, FullJid } from '../../src-main/model/jid.ts'
import type { DataForm, FormField } from '../../src-main/model/form.ts'
import type { Client } from '../bridge.ts'
import { CAST, crowd, FOUND, happeningsAt, readersAt, ROOM, roomState, roomTalk, traits } from './rooms.ts'

type Answers = { [N in CommandName]?: (input: CommandInput<N>) => CommandOutput<N> }

const JULIET = 'juliet@capulet.example' as BareJid

function field(part: Partial<FormField> & Pick<FormField, 'type' | 'name' | 'label'>): FormField {
  return { description: '', required: false, values: [], options: [], ...part }
}

const SETUP: DataForm = {
  ...{ type: 'form', title: 'Configuration of the garden', instructions: ['Fill in what should hold.'] },
  fields: [
    field({ type: 'text-single', name: 'name', label: 'Name', values: ['Garden of the Capulets'] }),
    field({ type: 'boolean', name: 'membersonly', label: 'Only members may join', values: ['0'] }),
    field({
      ...{ type: 'list-single', name: 'whois', label: 'Who sees real addresses', values: ['moderators'] },
      options: [
        { value: 'moderators', label: 'Moderators only' },
        { value: 'anyone', label: 'Anyone' },
      ],
    }),
  ],
  columns: [],
  rows: [],
}

const ANSWERS: Answers = {
  'conversation.page': ({ conversationId }) => ({
    messages: conversationId === 1 ? roomTalk(Date.now()) : [],
    hasMore: false,
  }),
  'message.listPinned': () => [],
  'archive.loadOlder': () => ({ added: 0, more: false }),
  'room.occupants': ({ conversationId }) => (conversationId === 4 ? crowd(10_000) : CAST),
  'room.happenings': () => happeningsAt(Date.now()),
  'room.readers': () => readersAt(Date.now()),
  'room.services': () => [
    { jid: 'rooms.montague.example' as BareJid, name: 'Rooms', kind: 'rooms' },
    { jid: 'search.example' as BareJid, name: 'Search everywhere', kind: 'search' },
  ],
  'room.list': () => ({ rooms: FOUND, total: 2410, next: 'more' }),
  'room.preview': () => ({ jid: ROOM, nick: 'Romeo', traits: traits() }),
  'room.affiliations': () => ({
    entries: CAST.flatMap(({ jid, nick, affiliation }) => (jid ? [{ jid, nick, affiliation }] : [])),
  }),
  'room.fetchConfig': () => SETUP,
}

export function madeUpClient(): Client {
  return {
    invoke<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
      const answer = ANSWERS[name] as ((input: CommandInput<N>) => CommandOutput<N>) | undefined
      return Promise.resolve(answer?.(input) as CommandOutput<N>)
    },
    connectEvents: () => Promise.resolve(() => undefined),
  }
}

export function madeUpSnapshot(): Snapshot {
  const now = Date.now()
  const contact = { accountId: 1, subscription: 'both', ask: false, approved: false, groups: [] } as const
  return {
    ...{
      seq: 1,
      notices: [],
      requests: [],
      archives: [],
      indexing: null,
      scheduled: [],
      foldedGroups: [],
      personPictures: [],
      nicknames: [],
    },
    ...roomState(now),
    accounts: [
      {
        ...{ id: 1, jid: 'romeo@montague.example' as BareJid, enabled: true, resource: 'linnet' },
        ...{ remember: true, security: 'automatic' },
      },
    ],
    connections: [
      {
        accountId: 1,
        state: {
          ...{ phase: 'online', jid: 'romeo@montague.example/linnet' as FullJid, tls: 'TLSv1.3' },
          ...{ mechanism: 'SCRAM-SHA-256-PLUS', transport: 'tcp' },
        },
      },
    ],
    ownPresence: { show: 'online', status: '' },
    contacts: [
      { ...contact, jid: JULIET, name: 'Juliet Capulet' },
      { ...contact, jid: 'nurse@capulet.example' as BareJid, name: 'Nurse' },
      { ...contact, jid: 'mercutio@verona.example' as BareJid, name: 'Mercutio' },
    ],
    presences: [
      {
        accountId: 1,
        jid: JULIET,
        resources: [{ resource: 'phone', show: 'online', status: '', priority: 0 }],
      },
    ],
    settings: {
      ...{ theme: 'system', language: 'system', notifications: true, notificationPreview: true },
      ...{ closeToTray: true, tellVersion: true, tellSystem: false, tellTime: true, tellIdle: true },
      ...{ tellDelivered: true, tellDisplayed: true, tellTyping: true, rosterSort: 'presence' },
      ...{ rosterOffline: true, rosterGroups: true, historyLimit: 'year', offerLinkCards: true },
      roomComings: 'small',
      linkPictures: 'ask',
    },
    preferences: {
      ...{ textSize: 'normal', zoom: 100, sounds: true, shortcuts: {}, updates: 'never' },
      quietHours: { enabled: false, from: 1320, to: 420, days: [0, 1, 2, 3, 4, 5, 6] },
      spelling: { wish: 'off', languages: [] },
    },
    inbox: { messages: [], hasMore: false, unreadCount: 0 },
    feed: [],
    priorities: [],
    automatic: null,
    awayRules: { enabled: true, awayMinutes: 10, xaMinutes: 60, whenLocked: true, tellSince: false },
    idleSourceWorks: true,
    recentStatuses: [],
    directed: [],
    blockLists: [],
    serverAbilities: [],
    accountPresences: [],
    reporting: [],
    environment: {
      ...{ version: '0.4.0', platform: 'linux', locale: 'en', keyringProtected: true },
      ...{ trayAvailable: true, development: true },
    },
  }
}
