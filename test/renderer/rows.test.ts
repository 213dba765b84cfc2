import { describe, expect, test } from 'vitest'
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { Show } from '../../src-main/model/presence.ts'
import { displayName, looksLikeAddress } from '../../src-renderer/stores/address.ts'
import {
  contactRows,
  namedContacts,
  type ListRow,
  type RowOptions,
} from '../../src-renderer/stores/contact-rows.ts'
import { conversationRows } from '../../src-renderer/stores/conversation-rows.ts'
import { makeContact, makeConversation } from './make.ts'

function availabilityOf(shows: Record<string, Show>) {
  return {
    showOf: (_account: number, jid: string): Show | 'offline' => shows[jid] ?? 'offline',
    statusOf: () => 'status',
  }
}

const options: RowOptions = {
  query: '',
  sort: 'presence',
  showOffline: true,
  showGroups: true,
  folded: new Set(),
  locale: 'en',
  activeAt: () => 0,
}

function drawn(rows: readonly ListRow[]): string[] {
  return rows.map((row) =>
    row.kind === 'heading' ? `# ${row.group ?? '-'} ${row.online}/${row.total}` : row.name,
  )
}

describe('contactRows', () => {
  const contacts = namedContacts(
    [
      makeContact('tybalt@capulet.example', { name: 'Tybalt', groups: ['Family'] }),
      makeContact('juliet@capulet.example', { name: 'Juliet', groups: ['Family', 'Friends'] }),
      makeContact('nurse@capulet.example', { groups: [] }),
      makeContact('benvolio@montague.example', { name: 'Benvolio', groups: ['Friends'] }),
      makeContact('zoe@x.example', { name: 'Zoë' }),
    ],
    'en',
  )
  const availability = availabilityOf({ 'tybalt@capulet.example': 'dnd', 'juliet@capulet.example': 'away' })

  test('groups head their contacts, by presence then name; the ungrouped come last', () => {
    expect(drawn(contactRows(contacts, availability, options))).toEqual([
      '# Family 2/2',
      'Juliet',
      'Tybalt',
      '# Friends 1/2',
      'Juliet',
      'Benvolio',
      '# - 0/2',
      'nurse',
      'Zoë',
    ])
  })

  test('by name, whoever is there', () => {
    const byName: RowOptions = { ...options, sort: 'name', showGroups: false }
    expect(drawn(contactRows(contacts, availability, byName))).toEqual([
      'Benvolio',
      'Juliet',
      'nurse',
      'Tybalt',
      'Zoë',
    ])
  })

  test('by the latest conversation, then by name; in groups too', () => {
    const times: Record<string, number> = { 'zoe@x.example': 20, 'benvolio@montague.example': 30 }
    const activeAt = (_account: number, jid: string): number => times[jid] ?? 0
    const recent: RowOptions = { ...options, sort: 'recency', activeAt }
    expect(drawn(contactRows(contacts, availability, { ...recent, showGroups: false }))).toEqual([
      'Benvolio',
      'Zoë',
      'Juliet',
      'nurse',
      'Tybalt',
    ])
    expect(drawn(contactRows(contacts, availability, recent)).slice(3, 6)).toEqual([
      '# Friends 1/2',
      'Benvolio',
      'Juliet',
    ])
  })

  test('a folded group keeps its heading and its numbers', () => {
    const rows = contactRows(contacts, availability, { ...options, folded: new Set(['Family', '']) })
    expect(drawn(rows)).toEqual(['# Family 2/2', '# Friends 1/2', 'Juliet', 'Benvolio', '# - 0/2'])
    expect(rows.map((row) => row.kind === 'heading' && row.folded)).toEqual([true, false, false, false, true])
  })

  test('a search looks into folded groups', () => {
    const searching: RowOptions = { ...options, folded: new Set(['Family']), query: 'tybalt' }
    expect(drawn(contactRows(contacts, availability, searching))).toEqual(['Tybalt'])
  })

  test('each row knows the group it stands under, so that it can be moved out of that one', () => {
    const rows = contactRows(contacts, availability, options)
    expect(rows.filter((row) => row.kind === 'contact').map(({ name, group }) => [name, group])).toEqual([
      ['Juliet', 'Family'],
      ['Tybalt', 'Family'],
      ['Juliet', 'Friends'],
      ['Benvolio', 'Friends'],
      ['nurse', undefined],
      ['Zoë', undefined],
    ])
  })

  test('keys are unique although a contact stands in two groups', () => {
    const keys = contactRows(contacts, availability, options).map((row) => row.key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('without those who are offline, empty groups go too', () => {
    expect(drawn(contactRows(contacts, availability, { ...options, showOffline: false }))).toEqual([
      '# Family 2/2',
      'Juliet',
      'Tybalt',
      '# Friends 1/2',
      'Juliet',
    ])
  })

  test('a contact whose answer is awaited stays visible', () => {
    const asked = namedContacts([makeContact('a@x.example', { ask: true }), makeContact('b@x.example')], 'en')
    expect(drawn(contactRows(asked, availability, { ...options, showOffline: false }))).toEqual(['a'])
  })

  test.each([
    ['zoe', ['Zoë']],
    ['FRIENDS', ['Juliet', 'Benvolio']],
    ['capulet', ['Juliet', 'Tybalt', 'nurse']],
    ['cap fam', ['Juliet', 'Tybalt']],
    ['romeo', []],
  ])('searching for %s looks into names, addresses and groups', (query, names) => {
    expect(drawn(contactRows(contacts, availability, { ...options, showOffline: false, query }))).toEqual(
      names,
    )
  })

  test('a hostile name is a name', () => {
    const hostile = namedContacts(
      [makeContact('x@y.example', { name: '<img src=x onerror=alert(1)>' })],
      'en',
    )
    expect(drawn(contactRows(hostile, availability, options))).toEqual(['<img src=x onerror=alert(1)>'])
  })

  test('the order of names is that of the language', () => {
    const chinese = [
      makeContact('a@x.example', { name: '张三' }),
      makeContact('b@x.example', { name: '李四' }),
    ]
    expect(namedContacts(chinese, 'zh-CN').map(({ name }) => name)).toEqual(['李四', '张三'])
  })

  test('5,000 contacts in 40 groups: a row each and a heading each', () => {
    const many = namedContacts(
      Array.from({ length: 5000 }, (_, n) => makeContact(`c${n}@x.example`, { groups: [`G${n % 40}`] })),
      'en',
    )
    expect(contactRows(many, availability, options)).toHaveLength(5040)
  })
})

describe('conversationRows', () => {
  const people = {
    nameOf: ({ counterpart }: Conversation) => displayName(counterpart, undefined),
    roomOf: () => undefined,
    isInside: () => false,
    typingIn: () => [],
    showOf: () => 'away' as const,
    isTyping: (_: number, jid: string) => jid.startsWith('typist'),
    ownNameOf: () => 'romeo',
    isNotes: (_: number, jid: string) => jid === 'romeo@x.example',
  }
  const last = { body: 'See you\n\n tonight', direction: 'out', sentAt: 5, state: 'failed' } as const

  test('what is pinned, muted and one’s own is told of', () => {
    const conversations = [
      makeConversation(1, 'romeo@x.example', { pinnedAt: 1 }),
      makeConversation(2, 'b@x.example', { mutedUntil: 2, unreadCount: 3 }),
    ]
    expect(conversationRows(conversations, people, undefined)).toMatchObject([
      { pinned: true, muted: false, isNotes: true },
      { pinned: false, muted: true, isNotes: false, unreadCount: 3 },
    ])
  })

  test('who types is told of', () => {
    const conversations = [makeConversation(1, 'typist@x.example'), makeConversation(2, 'b@x.example')]
    expect(conversationRows(conversations, people, undefined).map(({ typing }) => typing)).toEqual([
      true,
      false,
    ])
  })

  test('the newest message is the preview, on one line', () => {
    const rows = conversationRows(
      [makeConversation(1, 'juliet@x.example', { last, unreadCount: 2 })],
      people,
      undefined,
    )
    expect(rows).toEqual([
      {
        id: 1,
        accountId: 1,
        kind: 'chat',
        nick: undefined,
        author: undefined,
        typists: [],
        mentions: 0,
        present: false,
        quiet: false,
        trouble: undefined,
        activity: undefined,
        jid: 'juliet@x.example',
        name: 'juliet',
        show: 'away',
        preview: 'See you tonight',
        previewKind: 'out',
        actor: undefined,
        typing: false,
        retracted: false,
        state: 'failed',
        at: 5,
        unreadCount: 2,
        pinned: false,
        muted: false,
        isNotes: false,
      },
    ])
  })

  test('a draft is hinted at, but not for the conversation on screen', () => {
    const conversation = makeConversation(1, 'juliet@x.example', { last, draft: ' But soft ' })
    expect(conversationRows([conversation], people, undefined)[0]).toMatchObject({
      preview: 'But soft',
      previewKind: 'draft',
    })
    expect(conversationRows([conversation], people, 1)[0]).toMatchObject({ previewKind: 'out' })
  })

  test('nothing yet', () => {
    expect(conversationRows([makeConversation(3, 'juliet@x.example')], people, undefined)[0]).toMatchObject({
      preview: '',
      previewKind: 'none',
      at: 3000,
    })
  })

  test.each([
    ['in', 'juliet'],
    ['out', 'romeo'],
  ] as const)('an action (%s) is told with who acts, a draft of one is not', (direction, actor) => {
    const action = { ...last, direction, body: '/me laughs\nout loud' }
    const conversation = makeConversation(1, 'juliet@x.example', { last: action })
    expect(conversationRows([conversation], people, undefined)[0]).toMatchObject({
      actor,
      preview: 'laughs out loud',
    })
    const drafted = { ...conversation, draft: '/me waits' }
    expect(conversationRows([drafted], people, undefined)[0]).toMatchObject({
      actor: undefined,
      preview: '/me waits',
    })
  })

  test('a megabyte of message does not become a megabyte of row', () => {
    const long = { ...last, body: 'x'.repeat(1_000_000) }
    const [row] = conversationRows([makeConversation(1, 'a@x.example', { last: long })], people, undefined)
    expect(row?.preview.length).toBeLessThanOrEqual(200)
  })
})

describe('looksLikeAddress', () => {
  test.each(['romeo@montague.example', 'a.b@localhost', '罗密欧@例子.中国', 'x@127.0.0.1'])(
    '%s does',
    (text) => {
      expect(looksLikeAddress(text)).toBe(true)
    },
  )
  test.each([
    '',
    'romeo',
    'romeo@',
    '@x.example',
    'a b@x.example',
    'a@b@c.example',
    'a@x.example/phone',
    'a@x.',
  ])('%s does not', (text) => {
    expect(looksLikeAddress(text)).toBe(false)
  })
})
