/** The archive (XEP-0313) and what is here of it: caught up with, loaded back into, met in one row. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Message } from '../../src-main/model/message.ts'
import { createArchiveServer, type ArchiveServer } from './archive-server.ts'
import { JULIET, NOW, ROMEO, settle, setStage, type Stage } from './stage.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

const HOUR = 3_600_000

function said(body: string, more = `id='${body}'`): string {
  return `<message xmlns='jabber:client' from='${JULIET}/phone' to='${ROMEO}' type='chat' ${more}><body>${body}</body></message>`
}

function own(body: string, more = `id='${body}'`): string {
  return `<message xmlns='jabber:client' from='${ROMEO}/phone' to='${JULIET}' type='chat' ${more}><body>${body}</body></message>`
}

/** Puts messages at the archive's end, a second apart. */
function archive(server: ArchiveServer, from: number, to: number, startMs = NOW - HOUR): void {
  for (let index = from; index <= to; index += 1) {
    server.messages.push({ id: `a${index}`, stampMs: startMs + index * 1000, stanza: said(`m${index}`) })
  }
}

function rows(stage: Stage): readonly Message[] {
  const conversation = stage.storage.findConversationWith(1, JULIET)
  if (conversation === undefined) return []
  return stage.storage.pageMessages({ conversationId: conversation.id, limit: 2000 }).messages
}
const bodies = (stage: Stage): readonly string[] => rows(stage).map(({ body }) => body)
const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `m${from + index}`)

async function online(stage: Stage, server: ArchiveServer, most?: number): Promise<FakeStream> {
  stage.app.start()
  await settle()
  await server.serve(stage.stream(), most)
  return stage.stream()
}

/** The stream is lost for good, if it is not yet, and the next one has just come. */
async function reconnect(stage: Stage): Promise<FakeStream> {
  const before = stage.stream()
  before.drop()
  while (stage.stream() === before) await settle(1000)
  return stage.stream()
}

async function again(stage: Stage, server: ArchiveServer, most?: number): Promise<void> {
  await server.serve(await reconnect(stage), most)
}

const unread = (stage: Stage): number | undefined =>
  stage.storage.findConversationWith(1, JULIET)?.unreadCount

let server: ArchiveServer
beforeEach(() => {
  server = createArchiveServer()
})

describe('the first time', () => {
  test('newest page first, then backwards to the start; nothing of it is news', async () => {
    archive(server, 1, 130)
    const stage = setStage()
    await online(stage, server)
    expect(bodies(stage)).toEqual(names(1, 130))
    expect(unread(stage)).toBe(0)
    expect(stage.events('message.added')).toEqual([])
    const first = stage.events('archive.added')[0]?.messages.map(({ body }) => body)
    expect(first?.at(-1)).toBe('m130')
    expect(stage.app.state().archives).toMatchObject([{ phase: 'idle', complete: true }])
  })

  test('a conversation is as old as what was last said in it', async () => {
    const nurse = said('long ago').replaceAll(JULIET, 'nurse@capulet.example')
    server.messages.push({ id: 'n1', stampMs: NOW - 50 * HOUR, stanza: nurse })
    archive(server, 1, 3)
    const stage = setStage()
    await online(stage, server)
    const listed = stage.storage
      .listConversations()
      .map(({ counterpart, activeAt }) => [counterpart, activeAt])
    expect(listed).toEqual([
      [JULIET, NOW - HOUR + 3000],
      ['nurse@capulet.example', NOW - 50 * HOUR],
    ])
  })

  test('goes as far back as the user wants, and further on a wish', async () => {
    archive(server, 1, 40, NOW - 40 * 24 * HOUR)
    archive(server, 41, 60)
    server.pageSize = 10
    const stage = setStage()
    stage.app.setSettings({ historyLimit: 'week' })
    await online(stage, server)
    expect(bodies(stage)[0]).toBe('m31')
    expect(stage.app.state().archives).toMatchObject([{ phase: 'idle', complete: false }])
    stage.app.setSettings({ historyLimit: 'all' })
    await server.serve(stage.stream())
    expect(bodies(stage)).toEqual(names(1, 60))
  })

  test('an empty archive is complete, and what comes into it is caught up with', async () => {
    const stage = setStage()
    await online(stage, server)
    expect(stage.app.state().archives).toMatchObject([{ complete: true }])
    archive(server, 1, 3)
    await again(stage, server)
    expect(bodies(stage)).toEqual(names(1, 3))
    archive(server, 4, 5)
    await again(stage, server)
    expect(bodies(stage)).toEqual(names(1, 5))
  })

  test('without an archive nothing is asked, and no page speaks of one', async () => {
    const none = createArchiveServer(`<query xmlns='http://jabber.org/protocol/disco#info'/>`)
    const stage = setStage()
    const stream = await online(stage, none)
    stream.receive(said('hi'))
    expect(none.queries).toEqual([])
    const conversationId = stage.storage.findConversationWith(1, JULIET)?.id ?? 0
    expect(stage.app.pageMessages({ conversationId, limit: 9 })).toMatchObject({ olderInArchive: false })
    expect(stage.app.state().archives).toMatchObject([{ phase: 'none' }])
    await expect(stage.app.loadOlder({ conversationId })).rejects.toMatchObject({
      data: { code: 'not-supported' },
    })
  })
})

describe('catching up', () => {
  let stage: Stage
  beforeEach(async () => {
    archive(server, 1, 5)
    stage = setStage()
    await online(stage, server)
  })

  test('from the newest known on, the next page asked for before the last is stored', async () => {
    archive(server, 6, 140)
    server.queries.length = 0
    await again(stage, server)
    expect(bodies(stage)).toEqual(names(1, 140))
    const asked = server.queries.map((query) =>
      query.getChild('query')?.getChild('set')?.getChildText('after'),
    )
    expect(asked).toEqual(['a5', 'a55', 'a105'])
    expect(unread(stage)).toBe(135)
    expect(stage.events('message.added')).toEqual([])
  })

  test('what is news of it is told once, when all is here: the newest of each conversation', async () => {
    archive(server, 6, 120)
    await again(stage, server)
    const news = stage.events('archive.caughtUp').map(({ latest }) => latest.map(({ body }) => body))
    expect(news).toEqual([['m120']])
    await again(stage, server)
    expect(stage.events('archive.caughtUp')).toHaveLength(1)
  })

  test('cut off in the middle, what is here of it is told', async () => {
    archive(server, 6, 160)
    await again(stage, server, 1)
    stage.stream().drop()
    await settle()
    expect(stage.events('archive.caughtUp').map(({ latest }) => latest.map(({ body }) => body))).toEqual([
      ['m55'],
    ])
  })

  describe('a tombstone', () => {
    const stamp = new Date(NOW - 30_000).toISOString()
    const grave = (id: string): string =>
      `<message xmlns='jabber:client' from='${JULIET}/phone' to='${ROMEO}' type='chat' id='${id}'><retracted xmlns='urn:xmpp:message-retract:1' id='r' stamp='${stamp}'/></message>`

    test('takes the words of a message that is here', async () => {
      archive(server, 6, 7)
      await again(stage, server)
      server.messages.splice(-1, 1, { id: 'a7', stampMs: NOW - HOUR + 7000, stanza: grave('m7') })
      const id = rows(stage).at(-1)?.id ?? 0
      stage.storage.putArchive(1, { first: { order: 1 }, last: { order: 0 }, fromStart: false })
      await again(stage, server)
      expect(rows(stage)).toHaveLength(7)
      expect(stage.storage.findMessage(id)).toMatchObject({ body: '', retractedAt: NOW - 30_000 })
    })

    test('stands for one that never was here, at its place, and is not unread', async () => {
      archive(server, 6, 6)
      server.messages.push({ id: 'g', stampMs: NOW - 60_000, stanza: grave('gone') })
      archive(server, 7, 7)
      await again(stage, server)
      expect(rows(stage).map(({ body, retractedAt }) => [body, retractedAt])).toEqual([
        ...names(1, 6).map((name) => [name, undefined]),
        ['', NOW - 30_000],
        ['m7', undefined],
      ])
      expect(unread(stage)).toBe(2)
      expect(stage.events('archive.caughtUp').map(({ latest }) => latest.map(({ body }) => body))).toEqual([
        ['m7'],
      ])
    })

    test('on a stream is nothing: there anybody could write it', () => {
      stage.stream().receive(grave('m5'))
      stage.stream().receive(grave('new'))
      expect(bodies(stage)).toEqual(names(1, 5))
    })
  })

  test('what was answered elsewhere is read', async () => {
    archive(server, 6, 8)
    server.messages.push({ id: 'own', stampMs: NOW - 60_000, stanza: own('mine') })
    archive(server, 9, 10)
    await again(stage, server)
    expect(bodies(stage)).toEqual([...names(1, 8), 'mine', 'm9', 'm10'])
    expect(unread(stage)).toBe(2)
  })

  test('what comes live meanwhile stays last, whatever the clocks say', async () => {
    archive(server, 6, 120, NOW + 5 * HOUR)
    await again(stage, server, 1)
    stage.stream().receive(said('live'))
    expect(bodies(stage).at(-1)).toBe('live')
    server.messages.push({ id: 'live', stampMs: NOW + 6 * HOUR, stanza: said('live') })
    await again(stage, server)
    expect(bodies(stage)).toEqual([...names(1, 120), 'live'])
  })

  test('interrupted in the middle: a gap is shown, and the next stream goes on', async () => {
    archive(server, 6, 160)
    await again(stage, server, 1)
    stage.stream().receive(said('live'))
    stage.stream().drop()
    const conversationId = stage.storage.findConversationWith(1, JULIET)?.id ?? 0
    const page = stage.app.pageMessages({ conversationId, limit: 200 })
    const [last, live] = page.messages.slice(-2)
    expect([last?.body, live?.body]).toEqual(['m55', 'live'])
    expect(page.gaps).toEqual([{ afterPlace: last?.place, beforePlace: live?.place }])
    server.messages.push({ id: 'live', stampMs: NOW, stanza: said('live') })
    server.queries.length = 0
    await again(stage, server)
    expect(bodies(stage)).toEqual([...names(1, 160), 'live'])
    const asked = server.queries[0]?.getChild('query')?.getChild('set')?.getChildText('after')
    expect(asked).toBe('a55')
    expect(stage.app.pageMessages({ conversationId, limit: 200 }).gaps).toBeUndefined()
    expect(stage.events('archive.gapsChanged').length).toBeGreaterThan(1)
  })

  test('a stream that was resumed has lost nothing', async () => {
    server.queries.length = 0
    stage.stream().interrupt()
    stage.stream().resume()
    await server.serve(stage.stream())
    expect(server.queries).toEqual([])
  })

  test('what a lost session kept comes late, and goes to where the archive has it', async () => {
    await settle(300)
    archive(server, 6, 8, NOW - 7000)
    const stamp = new Date(NOW).toISOString()
    stage.stream().receive(said('m7'))
    stage
      .stream()
      .receive(
        said('m6').replace(
          '</message>',
          `<delay xmlns='urn:xmpp:delay' from='montague.example' stamp='${stamp}'/></message>`,
        ),
      )
    stage.stream().receive(said('m8'))
    expect(bodies(stage)).toEqual([...names(1, 5), 'm7', 'm6', 'm8'])
    server.queries.length = 0
    await server.serve(stage.stream())
    expect(bodies(stage)).toEqual(names(1, 8))
    expect(server.queries).toHaveLength(1)
    expect(stage.app.state().archives).toMatchObject([{ phase: 'idle' }])
    stage.stream().receive(said('m9'))
    await server.serve(stage.stream())
    expect(server.queries).toHaveLength(1)
  })

  test('what is said while a page is on its way stands behind it, without another stream', async () => {
    archive(server, 6, 8, NOW + HOUR)
    server.crossing = () => {
      server.crossing = () => undefined
      server.messages.push({ id: 'live', stampMs: NOW + 2 * HOUR, stanza: said('live') })
      stage.stream().receive(said('live'))
    }
    server.queries.length = 0
    await again(stage, server)
    expect(bodies(stage)).toEqual([...names(1, 8), 'live'])
    // Once more for the order, and no further.
    expect(server.queries).toHaveLength(2)
  })

  test('an answer stands below what it answers, by a slow clock too', async () => {
    archive(server, 6, 6, NOW + HOUR)
    await again(stage, server)
    const conversationId = stage.storage.findConversationWith(1, JULIET)?.id ?? 0
    stage.app.sendMessage({ conversationId, body: 'an answer' })
    expect(bodies(stage)).toEqual([...names(1, 6), 'an answer'])
  })

  test('an id that has expired: by time, nothing twice', async () => {
    archive(server, 6, 60)
    for (let index = 1; index <= 5; index += 1) server.forgotten.add(`a${index}`)
    await again(stage, server)
    expect(bodies(stage)).toEqual(names(1, 60))
    archive(server, 61, 62)
    await again(stage, server)
    expect(bodies(stage)).toEqual(names(1, 62))
  })

  test('the server is asked again when it does not answer', async () => {
    archive(server, 6, 8)
    await again(stage, server, 0)
    await settle(130_000)
    await server.serve(stage.stream())
    expect(bodies(stage)).toEqual(names(1, 8))
  })

  test('a disk that is full ends the stream, and later it goes on', async () => {
    archive(server, 6, 8)
    const { takeArchived } = stage.storage
    const { StorageError } = await import('../../src-main/storage/storage.ts')
    Object.assign(stage.storage, {
      takeArchived: () => {
        throw new StorageError('disk-full', 'no room')
      },
    })
    await again(stage, server)
    expect(stage.stream().state).toBe('closed')
    Object.assign(stage.storage, { takeArchived })
    await again(stage, server)
    expect(bodies(stage)).toEqual(names(1, 8))
  })

  test('one that can not be stored is passed over', async () => {
    archive(server, 6, 8)
    const { takeArchived } = stage.storage
    const { StorageError } = await import('../../src-main/storage/storage.ts')
    Object.assign(stage.storage, {
      takeArchived: (...args: Parameters<typeof takeArchived>) => {
        if (args[0].body === 'm7') throw new StorageError('other', 'this one')
        return takeArchived(...args)
      },
    })
    await again(stage, server)
    expect(bodies(stage)).toEqual([...names(1, 6), 'm8'])
    expect(unread(stage)).toBe(2)
  })
})

describe('one conversation further back', () => {
  test('page by page, nothing twice when the account comes there too', async () => {
    archive(server, 1, 40, NOW - 40 * 24 * HOUR)
    for (let index = 1; index <= 300; index += 1) {
      const stanza = said(`n${index}`).replaceAll(JULIET, 'nurse@capulet.example')
      server.messages.push({ id: `n${index}`, stampMs: NOW - 2 * HOUR + index * 1000, stanza })
    }
    archive(server, 41, 60)
    server.pageSize = 20
    const stage = setStage()
    stage.app.setSettings({ historyLimit: 'none' })
    await online(stage, server)
    expect(bodies(stage)).toEqual(names(41, 60))
    const conversationId = stage.storage.findConversationWith(1, JULIET)?.id ?? 0
    expect(stage.app.pageMessages({ conversationId, limit: 50 }).olderInArchive).toBe(true)
    const older = stage.app.loadOlder({ conversationId })
    await server.serve(stage.stream())
    expect(await older).toEqual({ added: 20, more: true })
    expect(bodies(stage)).toEqual(names(21, 60))
    const rest = stage.app.loadOlder({ conversationId })
    await server.serve(stage.stream())
    expect(await rest).toEqual({ added: 20, more: false })
    expect(stage.app.pageMessages({ conversationId, limit: 99 }).olderInArchive).toBe(false)
    expect(await stage.app.loadOlder({ conversationId })).toEqual({ added: 0, more: false })
    stage.app.setSettings({ historyLimit: 'all' })
    await server.serve(stage.stream())
    expect(bodies(stage)).toEqual(names(1, 60))
    expect(unread(stage)).toBe(0)
  })

  test('to the message that an answer is about', async () => {
    archive(server, 1, 200, NOW - 40 * 24 * HOUR)
    server.pageSize = 20
    const stage = setStage()
    stage.app.setSettings({ historyLimit: 'none' })
    await online(stage, server)
    const answerTo = (id: string): number => {
      const reply = `<reply xmlns='urn:xmpp:reply:0' to='${JULIET}' id='${id}'/>`
      stage.stream().receive(said('answer', `id='to-${id}'`).replace('</message>', `${reply}</message>`))
      return rows(stage).at(-1)?.id ?? 0
    }
    const answer = answerTo('m130')
    const found = stage.app.fetchOriginal(answer)
    await server.serve(stage.stream())
    expect(rows(stage).find(({ id }) => id === rows(stage)[0]?.id)?.body).toBe('m121')
    expect(rows(stage).find(({ body }) => body === 'm130')?.id).toBe(await found)
    expect(stage.storage.findMessage(answer)?.reply?.original?.body).toBe('m130')
    const nowhere = stage.app.fetchOriginal(answerTo('nowhere'))
    await server.serve(stage.stream())
    expect(await nowhere).toBeUndefined()
  })
})

describe('own messages that an earlier stream did not get acknowledged', () => {
  test('are not sent again when the archive has them', async () => {
    archive(server, 1, 2)
    const stage = setStage()
    await online(stage, server)
    const conversationId = stage.storage.findConversationWith(1, JULIET)?.id ?? 0
    for (const body of ['arrived', 'lost']) stage.app.sendMessage({ conversationId, body })
    const sent = stage
      .stream()
      .sent()
      .filter((element) => element.is('message'))
    expect(sent).toHaveLength(2)
    const id = String(sent[0]?.attrs['id'])
    server.messages.push({ id: 'x', stampMs: NOW, stanza: own('arrived', `id='${id}'`) })
    const next = await reconnect(stage)
    const seen: string[] = []
    const send = next.send.bind(next)
    next.send = (stanza) => {
      if (stanza.is('message')) seen.push(stanza.getChildText('body') ?? '')
      return send(stanza)
    }
    await server.serve(next)
    expect(seen).toEqual(['lost'])
    expect(rows(stage).map(({ body, state }) => [body, state])).toEqual([
      ['m1', 'received'],
      ['m2', 'received'],
      ['arrived', 'sent'],
      ['lost', 'pending'],
    ])
  })
})
