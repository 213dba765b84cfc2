/** Made-up rooms for the gallery: who is in them, what is said, and a window's whole state with them. */
import type { Snapshot } from '../../src-main/contract/snapshot.ts'
import type { FoundRoom, Invitation } from '../../src-main/model/bookmarks.ts'
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { BareJid, Jid } from '../../src-main/model/jid.ts'
import type { Message } from '../../src-main/model/message.ts'
import type { Happening } from '../../src-main/model/room-log.ts'
import type { RoomReader } from '../../src-main/model/room-readers.ts'
import type {
  Affiliation,
  Author,
  Occupant,
  Role,
  Room,
  RoomProblem,
  RoomTraits,
} from '../../src-main/model/room.ts'

export const ROOM = 'garden@rooms.montague.example' as BareJid
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

export function traits(more: Partial<RoomTraits> = {}): RoomTraits {
  return {
    name: 'Garden of the Capulets',
    description: 'Under the balcony, after dark. Be kind, speak softly, and mind the roses.\nمرحبا بالجميع',
    membersOnly: false,
    moderated: false,
    nonAnonymous: false,
    passwordProtected: false,
    temporary: false,
    hidden: false,
    archived: true,
    occupantIds: true,
    moderation: true,
    occupantCount: 12,
    ...more,
  }
}

export function room(more: Partial<Room> = {}): Room {
  return {
    conversationId: 1,
    accountId: 1,
    jid: ROOM,
    phase: 'in',
    nick: 'Romeo',
    role: 'moderator',
    affiliation: 'owner',
    name: 'Garden of the Capulets',
    subject:
      'Tonight: the masquerade. Wear a mask, say nothing of your house, and be gone by dawn. https://verona.example/ball\nTomorrow: rest.',
    subjectBy: 'Juliet',
    traits: traits(),
    occupantCount: 12,
    autojoin: true,
    bookmarked: true,
    notify: 'mentions',
    mentions: 0,
    ...more,
  }
}

export function occupant(nick: string, more: Partial<Occupant> = {}): Occupant {
  return { nick, role: 'participant', affiliation: 'none', show: 'online', status: '', ...more }
}

const long = 'A nick that is so long that no list and no line of any window has the room to show all of it'

export const CAST: readonly Occupant[] = [
  occupant('Romeo', { role: 'moderator', affiliation: 'owner', jid: 'romeo@montague.example' as BareJid }),
  occupant('Prince Escalus', { role: 'moderator', affiliation: 'owner', show: 'away', status: 'In council' }),
  occupant('Friar Laurence', {
    ...{ role: 'moderator', affiliation: 'admin', jid: 'friar@verona.example' as BareJid },
    hats: [
      { uri: 'urn:verona:clergy', title: 'Clergy', hue: 210 },
      { uri: 'urn:verona:herbs', title: 'Herbalist', hue: 120 },
      { uri: 'urn:verona:x', title: 'Trusted by all' },
    ],
  }),
  occupant('Benvolio', { role: 'moderator', affiliation: 'member', show: 'dnd' }),
  occupant('Juliet', { affiliation: 'member', jid: 'juliet@capulet.example' as BareJid, show: 'chat' }),
  occupant('Nurse', { affiliation: 'member', show: 'xa', status: 'Looking for Peter' }),
  occupant('Tybalt', { ignored: true, hats: [{ uri: 'urn:verona:cats', title: 'Prince of Cats' }] }),
  occupant('朱丽叶的奶妈'),
  occupant('ليلى العامرية', { status: 'في الحديقة' }),
  occupant(long, { status: long }),
  occupant(`Nu${String.fromCodePoint(0x200b)}rse ${String.fromCodePoint(0x202e)}evil`),
  occupant('Paris', { role: 'visitor' }),
]

/** As in a large public channel. */
export function crowd(count: number): readonly Occupant[] {
  const shows = ['online', 'away', 'online', 'xa', 'dnd', 'chat'] as const
  return Array.from({ length: count }, (_, index) => {
    const [role, affiliation]: [Role, Affiliation] =
      index < 3
        ? ['moderator', 'owner']
        : index < 12
          ? ['moderator', 'admin']
          : index % 7 === 0
            ? ['visitor', 'none']
            : ['participant', index % 3 === 0 ? 'member' : 'none']
    return occupant(`guest-${index.toString(36)}`, { role, affiliation, show: shows[index % 6] ?? 'online' })
  })
}

let nextId = 10_000

function said(sentAt: number, nick: string, body: string, more: Partial<Message> = {}): Message {
  const author: Author = { nick, occupantId: `id of ${nick}` }
  const direction = nick === 'Romeo' ? 'out' : 'in'
  const id = nextId++
  return {
    ...{ id, accountId: 1, conversationId: 1, direction, sender: ROOM, author, body, sentAt },
    ...{ place: sentAt * 1000, state: direction === 'in' ? 'received' : 'sent' },
    ...more,
  }
}

export function roomTalk(now: number): Message[] {
  const first = said(now - DAY, 'Benvolio', 'Here’s much to do with hate, but more with love.')
  return [
    first,
    said(now - DAY + MINUTE, 'Romeo', 'Did my heart love till now?'),
    said(now - 50 * MINUTE, 'Juliet', 'Good pilgrim, you do wrong your hand too much,'),
    said(now - 49 * MINUTE, 'Juliet', 'which mannerly devotion shows in this.', {
      reactions: [
        { sender: 'romeo@montague.example' as BareJid, emoji: ['❤️'] },
        { sender: ROOM, author: { nick: 'Nurse' }, emoji: ['❤️', '🙄'] },
      ],
    }),
    said(now - 45 * MINUTE, 'Nurse', 'Madam, your mother craves a word with you.'),
    said(now - 44 * MINUTE, 'Benvolio', '/me takes his leave before the dance is done'),
    said(now - 40 * MINUTE, 'Juliet', 'Romeo: what’s in a name?', { mention: true }),
    said(now - 39 * MINUTE, 'Romeo', 'Juliet: I know not how to tell thee who I am.', {
      reply: {
        original: {
          ...{ id: first.id, direction: 'in', sender: ROOM, author: { nick: 'Benvolio' }, body: first.body },
          ...{ sentAt: first.sentAt, place: first.place },
        },
      },
    }),
    said(now - 30 * MINUTE, 'ليلى العامرية', 'مرحبا، كيف حالكم الليلة؟'),
    said(now - 29 * MINUTE, '朱丽叶的奶妈', '小姐，老夫人叫您过去说话。'),
    said(now - 20 * MINUTE, long, 'Who I am takes longer to say than what I say.'),
    said(now - 10 * MINUTE, 'Tybalt', 'This, by his voice, should be a Montague.'),
    said(now - 9 * MINUTE, 'Tybalt', 'Fetch me my rapier, boy.', {
      author: { nick: 'Tybalt', occupantId: 'somebody else of that name' },
    }),
    said(now - 2 * MINUTE, 'Romeo', 'Is she a Capulet?', { state: 'pending' }),
  ]
}

export const PROBLEMS: readonly RoomProblem[] = [
  { code: 'password' },
  { code: 'password', wrong: true },
  { code: 'nick-taken', free: 'Romeo_' },
  { code: 'nick-refused' },
  { code: 'members-only' },
  { code: 'banned', detail: 'You have been banned from this room' },
  { code: 'full' },
  { code: 'locked' },
  { code: 'not-found' },
  { code: 'may-not-create' },
  { code: 'unreachable' },
  { code: 'gone', jid: 'orchard@rooms.capulet.example' as BareJid },
  { code: 'gone' },
  {
    code: 'was-kicked',
    actor: 'Tybalt',
    reason: 'A Montague, our foe: a villain that is hither come in spite.',
  },
  { code: 'was-banned', actor: 'Prince Escalus', reason: 'Exile.' },
  { code: 'affiliation-lost', actor: 'Friar Laurence' },
  { code: 'became-members-only' },
  { code: 'shut-down' },
  { code: 'technical' },
  { code: 'destroyed', reason: 'We meet elsewhere now.', jid: 'orchard@rooms.capulet.example' as BareJid },
  { code: 'other', detail: 'undefined-condition: xyzzy' },
]

export const FOUND: readonly FoundRoom[] = [
  {
    jid: ROOM,
    name: 'Garden of the Capulets',
    description: 'Under the balcony',
    occupantCount: 12,
    open: true,
  },
  { jid: 'square@rooms.montague.example' as BareJid, name: '', occupantCount: 2410 },
  { jid: 'council@rooms.montague.example' as BareJid, name: 'Council of the Prince', open: false },
  {
    jid: 'poets@rooms.montague.example' as BareJid,
    name: '诗社',
    description: '今晚月色真美',
    occupantCount: 0,
  },
  { jid: 'long@rooms.montague.example' as BareJid, name: long, description: long, occupantCount: 10_000 },
]

export function invitations(now: number): readonly Invitation[] {
  return [
    {
      ...{ id: 1, accountId: 1, room: ROOM, from: 'juliet@capulet.example/balcony' as Jid },
      ...{ reason: 'Come tonight, and bring no torch.', receivedAt: now - 5 * MINUTE },
    },
    { id: 2, accountId: 1, room: 'duel@rooms.capulet.example' as BareJid, reason: '', receivedAt: now - DAY },
    {
      ...{ id: 3, accountId: 1, room: 'x@spam.example' as BareJid, from: 'seller@spam.example' as Jid },
      ...{ reason: long, receivedAt: now - DAY },
    },
  ]
}

function conversation(id: number, more: Partial<Conversation>): Conversation {
  return {
    ...{ id, accountId: 1, kind: 'room', counterpart: ROOM, unreadCount: 0, draft: '', activeAt: id },
    ...more,
  }
}

/** What a window with rooms starts from. */
export function roomState(now: number): Pick<Snapshot, 'conversations' | 'rooms' | 'invitations' | 'typing'> {
  const at = (jid: string) => jid as BareJid
  const last = { direction: 'in', state: 'received' } as const
  const conversations = [
    conversation(1, {
      ...{ activeAt: now, unreadCount: 3 },
      last: { ...last, author: 'Tybalt', body: 'Fetch me my rapier, boy.', sentAt: now - 9 * MINUTE },
    }),
    conversation(2, {
      ...{ kind: 'private', nick: 'Nurse', activeAt: now - MINUTE, unreadCount: 1 },
      last: { ...last, author: 'Nurse', body: 'A word with you, sir.', sentAt: now - 10 * MINUTE },
    }),
    conversation(3, {
      ...{ kind: 'chat', counterpart: at('juliet@capulet.example'), activeAt: now - 2 * MINUTE },
      last: { ...last, body: 'See you tonight then 🌙', sentAt: now - 12 * MINUTE },
    }),
    conversation(4, {
      counterpart: at('square@rooms.montague.example'),
      activeAt: now - 3 * MINUTE,
      unreadCount: 240,
    }),
    conversation(5, { counterpart: at('council@rooms.montague.example'), activeAt: now - 4 * MINUTE }),
    conversation(6, {
      ...{ counterpart: at('poets@rooms.montague.example'), activeAt: now - 5 * MINUTE },
      last: { ...last, author: 'Benvolio', body: '/me sighs', sentAt: now - DAY },
    }),
    conversation(7, { counterpart: at('duel@rooms.capulet.example'), activeAt: now - 6 * MINUTE }),
  ]
  const rooms = [
    room({ mentions: 1 }),
    room({ conversationId: 4, jid: at('square@rooms.montague.example'), name: long, occupantCount: 10_000 }),
    room({
      ...{ conversationId: 5, jid: at('council@rooms.montague.example'), name: 'Council of the Prince' },
      ...{ phase: 'failed', problem: { code: 'members-only' } },
    }),
    room({ conversationId: 6, jid: at('poets@rooms.montague.example'), name: '诗社', phase: 'joining' }),
    room({
      conversationId: 7,
      jid: at('duel@rooms.capulet.example'),
      name: '',
      phase: 'out',
      notify: 'all',
      activity: 23.4,
    }),
  ]
  return { conversations, rooms, invitations: invitations(now), typing: [] }
}

export function happeningsAt(now: number): readonly Happening[] {
  const at = now - 8 * MINUTE
  return [
    { id: 1, at, nick: 'Nurse', who: 'nurse', kind: 'joined' },
    { id: 2, at, nick: 'Paris', who: 'paris', kind: 'left' },
    { id: 3, at, nick: 'Peter', who: 'peter', kind: 'renamed', to: 'Peter the page' },
    {
      id: 4,
      at,
      nick: 'Sampson',
      who: 'sampson',
      kind: 'kicked',
      actor: 'Tybalt',
      reason: 'Biting his thumb',
    },
  ]
}

export function readersAt(now: number): readonly RoomReader[] {
  const messageId = roomTalk(now).at(-1)?.id ?? 0
  return CAST.slice(0, 7).map(({ nick, jid }, index) => ({
    ...{ nick, messageId, at: now - index * MINUTE },
    ...(jid && { jid }),
  }))
}
