/**
 * S9: whatever a stranger writes into any field comes out of the state, the events and the database as the same text, and
 * acts nowhere. S17: sizes out of all bounds are clipped or borne.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { escape } from '../../helpers/stanza.ts'
import { JULIET, jid, NOW, setStage, settle, startOnline, type Stage } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const HOSTILE = [
  `<img src=x onerror="alert('1')">`,
  `<script>alert(1)</script>`,
  `<svg/onload=alert(1)>`,
  `javascript:alert(1)//`,
  '{@html x} ${process.exit(1)} {{constructor.constructor("x")()}} %s %n',
  `'; DROP TABLE message; --`,
  `" OR ""=" \\ \\u0000`,
  '&lt;b&gt; &amp;amp; &#x3C;',
  '\u202egnp.exe \u2066x\u2069 \u200b\u00ad\ufeff',
  '../../etc/passwd C:\\CON',
  '__proto__',
  'Z̴̰͗a̸l̷g̵o̶ 👩‍👩‍👧 漢字 \ud83c\udff4',
  '  spaces and\na line  ',
] as const

const ITEM = `<item jid='${JULIET}' subscription='both'/>`
const NICK = 'http://jabber.org/protocol/nick'
const STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas'

interface Field {
  /** Puts the text into the field, from the wire. */
  write(stage: Stage, text: string): void | Promise<void>
  /** The field as the windows get it. */
  read(stage: Stage): unknown
  /** The field lives in memory only, and is gone at the next start. */
  readonly passing?: true
}

function openWithJuliet(stage: Stage): number {
  return stage.app.openConversation({ accountId: 1, jid: JULIET }).id
}

const fields: Readonly<Record<string, Field>> = {
  'message body': {
    write: (stage, text) =>
      stage.stream().receive(`<message from='${JULIET}' type='chat'><body>${escape(text)}</body></message>`),
    read: (stage) => stage.app.state().conversations[0]?.last?.body,
  },
  'error text': {
    write(stage, text) {
      stage.app.sendMessage({ conversationId: openWithJuliet(stage), body: 'hello' })
      const id = String(stage.stream().sent().at(-1)?.attrs['id'])
      stage.stream().receive(`<message from='${JULIET}' type='error' id='${id}'><error type='cancel'>
        <forbidden xmlns='${STANZAS}'/><text xmlns='${STANZAS}'>${escape(text)}</text></error></message>`)
    },
    read: (stage) =>
      stage.app.pageMessages({ conversationId: openWithJuliet(stage), limit: 10 }).messages[0]?.error?.text,
  },
  'roster name': {
    write: (stage, text) => pushItem(stage, `name="${escape(text)}"`),
    read: (stage) => stage.app.state().contacts[0]?.name,
  },
  'roster group': {
    write: (stage, text) => pushItem(stage, '', `<group>${escape(text)}</group>`),
    read: (stage) => stage.app.state().contacts[0]?.groups[0],
  },
  'presence status': {
    write: (stage, text) => presence(stage, 'balcony', `<status>${escape(text)}</status>`),
    read: (stage) => stage.app.state().presences[0]?.resources[0]?.status,
    passing: true,
  },
  'request text': {
    write: (stage, text) => request(stage, `<status>${escape(text)}</status>`),
    read: (stage) => stage.app.state().requests[0]?.text,
  },
  'request nick': {
    write: (stage, text) => request(stage, `<nick xmlns='${NICK}'>${escape(text)}</nick>`),
    read: (stage) => stage.app.state().requests[0]?.nick,
  },
}

function pushItem(stage: Stage, attributes: string, content = ''): void {
  stage.stream().receive(`<iq type='set' id='p'><query xmlns='jabber:iq:roster'>
    <item jid='${JULIET}' subscription='both' ${attributes}>${content}</item></query></iq>`)
}

function presence(stage: Stage, resource: string, content: string): void {
  stage.stream().receive(`<presence from='${JULIET}/${escape(resource)}'>${content}</presence>`)
}

function request(stage: Stage, content: string): void {
  stage.stream().receive(`<presence type='subscribe' from='paris@verona.example'>${content}</presence>`)
}

describe.each(Object.entries(fields))('S9: %s', (_name, field) => {
  test.each(HOSTILE)('%j is that text, also after a restart', async (text) => {
    const stage = setStage()
    await startOnline(stage, ITEM)
    await field.write(stage, text)
    await settle(100)
    expect(field.read(stage)).toBe(text)
    expect(structuredClone(stage.app.state())).toEqual(stage.app.state())
    expect(stage.logs.filter(({ level }) => level === 'error')).toEqual([])
    expect(field.read(setStage({ storage: stage.storage }))).toBe(field.passing ? undefined : text)
  })
})

test('S9: hostile ids keep messages apart and name nothing else', async () => {
  const stage = setStage()
  const stream = await startOnline(stage, ITEM)
  for (const id of [...HOSTILE, '%', '_', '1 OR 1=1']) {
    stream.receive(
      `<message from='${JULIET}' type='chat' id='${escape(id)}'><body>with ${escape(id)}</body></message>`,
    )
  }
  const { messages } = stage.app.pageMessages({ conversationId: openWithJuliet(stage), limit: 100 })
  expect(messages.map(({ body }) => body)).toEqual(
    [...HOSTILE, '%', '_', '1 OR 1=1'].map((id) => `with ${id}`),
  )
})

describe('S17: out of all bounds', () => {
  const MEGABYTE = 'x'.repeat(1_000_000)

  test('a body of a megabyte is kept whole', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(`<message from='${JULIET}' type='chat'><body>${MEGABYTE}</body></message>`)
    const { messages } = stage.app.pageMessages({ conversationId: openWithJuliet(stage), limit: 1 })
    expect(messages[0]?.body.length).toBe(MEGABYTE.length)
  })

  test('names, groups, statuses, nicks and requests of a megabyte are clipped', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    const groups = Array.from(
      { length: 1000 },
      (_each, i) => `<group>${String(i)}${MEGABYTE.slice(0, 2000)}</group>`,
    )
    pushItem(stage, `name='${MEGABYTE}'`, groups.join(''))
    presence(stage, 'balcony', `<status>${MEGABYTE}</status><priority>${MEGABYTE}</priority>`)
    request(stage, `<status>${MEGABYTE}</status><nick xmlns='${NICK}'>${MEGABYTE}</nick>`)
    stream.receive(`<presence type='subscribe' from='${MEGABYTE}@verona.example'/>`)
    await settle(100)
    const { contacts, presences, requests } = stage.app.state()
    expect([contacts[0]?.name.length, contacts[0]?.groups.length, contacts[0]?.groups[0]?.length]).toEqual([
      1024, 100, 1024,
    ])
    expect(presences[0]?.resources).toMatchObject([{ priority: 0, status: 'x'.repeat(1024) }])
    expect(requests).toMatchObject([{ text: 'x'.repeat(1024), nick: 'x'.repeat(256) }])
  })

  test('10,000 children, and a body behind them, are read', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    const children = `<a xmlns='urn:x'><b/></a><delay xmlns='urn:xmpp:delay' stamp='x'/>`.repeat(5000)
    stream.receive(`<message from='${JULIET}' type='chat'>${children}<body>behind</body></message>`)
    expect(stage.app.state().conversations).toMatchObject([{ last: { body: 'behind' } }])
  })

  test('a contact whose address is as long as addresses get', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const long = jid(`${'j'.repeat(1023)}@${'d'.repeat(63)}.example`)
    stream.receive(`<iq type='set' id='p'><query xmlns='jabber:iq:roster'><item jid='${long}'/></query></iq>`)
    stream.receive(`<message from='${long}/${'r'.repeat(1023)}' type='chat'><body>hi</body></message>`)
    expect(stage.app.state().contacts).toMatchObject([{ jid: long }])
    expect(stage.app.state().conversations).toMatchObject([{ counterpart: long }])
  })
})
