/** Made-up conversations for the gallery: a short one in every state, and a long one to scroll. */
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { BareJid } from '../../src-main/model/jid.ts'
import type { AroundWhat, Message, MessagePage } from '../../src-main/model/message.ts'
import type { ChatActions } from '../screens/chat-pane.types.ts'
import { compareKeys } from '../stores/timeline-order.ts'

const JULIET = 'juliet@capulet.example' as BareJid
const ROMEO = 'romeo@montague.example' as BareJid
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let nextId = 1

function message(sentAt: number, body: string, more: Partial<Message> = {}): Message {
  const direction = more.direction ?? 'in'
  return {
    id: nextId++,
    accountId: 1,
    conversationId: 1,
    direction,
    sender: direction === 'in' ? JULIET : ROMEO,
    body,
    sentAt,
    place: sentAt * 1000,
    state: direction === 'in' ? 'received' : 'sent',
    ...more,
  }
}

export function shortConversation(now: number): Message[] {
  const out = { direction: 'out' } as const
  return [
    message(now - 2 * DAY, 'Wherefore art thou Romeo?'),
    message(now - DAY, 'I take thee at thy word.\nCall me but love, and I’ll be new baptized.', out),
    message(now - 50 * MINUTE, 'Art thou not Romeo, and a Montague?'),
    message(
      now - 50 * MINUTE,
      'How camest thou hither, tell me, and wherefore? The orchard walls are high and hard to climb, and the place death, considering who thou art.',
    ),
    message(now - 44 * MINUTE, 'With love’s light wings did I o’erperch these walls', {
      ...out,
      deliveredAt: now - 43 * MINUTE,
      displayedAt: now - 41 * MINUTE,
    }),
    message(now - 43 * MINUTE, 'For stony limits cannot hold love out: https://montague.example/walls?a=1', {
      ...out,
      deliveredAt: now - 43 * MINUTE,
    }),
    message(now - 30 * MINUTE, 'Can you read this?', {
      ...out,
      state: 'failed',
      error: { condition: 'remote-server-not-found', text: 'Server-to-server connection failed' },
    }),
    message(now - 20 * MINUTE, '<img src=x onerror=alert(1)> <b>bold?</b> javascript:alert(1)'),
    message(now - 19 * MINUTE, 'W'.repeat(180)),
    message(now - 18 * MINUTE, 'مرحبا، كيف حالك اليوم؟ https://example.com'),
    message(now - 12 * MINUTE, '🌙'),
    message(now - 9 * MINUTE, '今晚八点，老地方？'),
    message(now - 8 * MINUTE, 'See you tonight then 🌙'),
    message(now - 1 * MINUTE, 'On my way', { ...out, state: 'pending' }),
  ]
}

/** What signs, directions and length do to words. */
export function styledConversation(now: number): Message[] {
  const out = { direction: 'out' } as const
  return [
    message(
      now - 30 * MINUTE,
      'Plain, *strong*, _emphasis_, ~struck out~, `code`, and 2*3*4 snake_case_name.',
    ),
    message(
      now - 29 * MINUTE,
      '> Art thou not Romeo,\n>> and a Montague?\n> Neither, fair saint\n\nif either *thee* dislike.',
    ),
    message(
      now - 28 * MINUTE,
      '```ts\nconst love = (a: Name, b: Name): boolean => wherefore(a) === wherefore(b)\n```',
    ),
    message(now - 27 * MINUTE, '> _ < ~unstyled~', { unstyled: true }),
    message(now - 26 * MINUTE, '/me waits under the *balcony*'),
    message(now - 25 * MINUTE, '/me hides his name', out),
    message(now - 24 * MINUTE, '> quoted\n```\nown code\n```\nand words', out),
    message(now - 23 * MINUTE, 'مرحبا يا روميو\nHello Romeo https://a.example\n> שלום'),
    message(now - 22 * MINUTE, Array.from({ length: 10_000 }, (_, index) => `Line ${index + 1}`).join('\n')),
    message(now - 21 * MINUTE, 'Speak again, bright angel! '.repeat(2400)),
    message(now - 20 * MINUTE, '👍🏽 👩‍👩‍👧 🇩🇪'),
  ]
}

export function longConversation(now: number, count: number): Message[] {
  return Array.from({ length: count }, (_, index) =>
    message(
      now - (count - index) * 7 * MINUTE,
      `Line ${index + 1}. ${'Good night, good night! '.repeat(index % 9)}`,
      {
        direction: index % 5 < 3 ? 'in' : 'out',
      },
    ),
  )
}

export function conversation(more: Partial<Conversation> = {}): Conversation {
  return {
    id: 1,
    accountId: 1,
    kind: 'chat',
    counterpart: JULIET,
    unreadCount: 0,
    draft: '',
    activeAt: 0,
    ...more,
  }
}

/** A conversation that lives in memory: it pages, and takes what is sent. `arrive` plays the other side. */
export function fakeActions(history: Message[]): ChatActions & { arrive(body: string): void } {
  type Listener = (payload: never) => void
  const listeners = new Map<string, Set<Listener>>()
  const tell = (name: string, payload: unknown): void => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never)
  }
  const add = (one: Message): void => {
    history.push(one)
    tell('message.added', { message: one })
  }
  const nothing = (): void => undefined
  return {
    loadOlder: () => Promise.resolve({ added: 0, more: false }),
    page: ({ before, after, around, limit }) =>
      Promise.resolve(around ? pageAround(history, around, limit) : pageOf(history, before, after, limit)),
    markRead: nothing,
    saveDraft: nothing,
    send: (body) => Promise.resolve(add(message(Date.now(), body, { direction: 'out', state: 'pending' }))),
    arrive: (body) => add(message(Date.now(), body)),
    setPinned: nothing,
    deeds: {
      retract: () => undefined,
      react: () => undefined,
      forget: () => undefined,
      retryDeeds: () => undefined,
      dropDeeds: () => undefined,
      versions: () => Promise.resolve([]),
    },
    listPinned: () => Promise.resolve([]),
    retry: nothing,
    setChatState: nothing,
    discard: (messageId) => tell('message.removed', { conversationId: 1, messageId }),
    openLink: nothing,
    copyText: nothing,
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set<Listener>()
      listeners.set(name, set.add(listener))
      return () => void set.delete(listener)
    },
    openOwnWindow: nothing,
    contactDetails: nothing,
    removeContact: nothing,
  }
}

function pageAround(history: readonly Message[], around: AroundWhat, limit: number): MessagePage {
  const index = history.findIndex((one) =>
    'time' in around ? one.sentAt >= around.time : one.id === around.messageId,
  )
  const from = Math.max(0, index - limit / 2)
  const messages = history.slice(from, from + limit)
  const aroundId = history[index]?.id
  return {
    messages,
    hasMore: from > 0,
    hasNewer: from + limit < history.length,
    ...(aroundId === undefined ? {} : { aroundId }),
  }
}

function pageOf(
  history: readonly Message[],
  before: Parameters<typeof compareKeys>[0] | undefined,
  after: Parameters<typeof compareKeys>[0] | undefined,
  limit: number,
): MessagePage {
  if (after) {
    const newer = history.filter((one) => compareKeys(one, after) > 0)
    return { messages: newer.slice(0, limit), hasMore: newer.length > limit }
  }
  const older = before ? history.filter((one) => compareKeys(one, before) < 0) : history
  return { messages: older.slice(-limit), hasMore: older.length > limit }
}
