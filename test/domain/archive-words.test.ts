/** Words that may be in a part of the archive that is not here: the archive is asked for them, where it can be. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createArchiveServer } from './archive-server.ts'
import { JULIET, NOW, ROMEO, settle, setStage, type Stage } from './stage.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

const HOUR = 3_600_000

function said(body: string): string {
  return `<message xmlns='jabber:client' from='${JULIET}/phone' to='${ROMEO}' type='chat' id='${body}'><body>${body}</body></message>`
}

function bodies(stage: Stage): readonly string[] {
  const conversationId = stage.storage.findConversationWith(1, JULIET)?.id ?? 0
  return stage.storage.pageMessages({ conversationId, limit: 2000 }).messages.map(({ body }) => body)
}
const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `m${from + index}`)

describe('words that are not here yet', () => {
  async function search(text: string, field?: string) {
    const server = createArchiveServer()
    for (let index = 1; index <= 300; index += 1) {
      server.messages.push({ id: `a${index}`, stampMs: NOW - HOUR + index * 1000, stanza: said(`m${index}`) })
    }
    server.pageSize = 20
    server.wordsField = field
    const stage = setStage()
    stage.app.setSettings({ historyLimit: 'none' })
    stage.app.start()
    await settle()
    await server.serve(stage.stream())
    expect(bodies(stage)).toEqual(names(281, 300))
    server.queries.length = 0
    const conversationId = stage.storage.findConversationWith(1, JULIET)?.id ?? 0
    const found = stage.app.loadOlder({ conversationId, text })
    await server.serve(stage.stream())
    return { stage, server, found: await found }
  }

  test.each(['withtext', '{urn:xmpp:fulltext:0}fulltext'])(
    'the archive is asked for them by %s, and loaded back to there',
    async (field) => {
      const { stage, found } = await search('a "m123', field)
      expect(found).toEqual({ added: 160, more: true })
      expect(bodies(stage)).toEqual(names(121, 300))
    },
  )

  test('where it has none of them nothing is loaded', async () => {
    const { stage, server, found } = await search('m999 of', 'withtext')
    expect(found).toEqual({ added: 0, more: false })
    expect(bodies(stage)).toEqual(names(281, 300))
    expect(String(server.queries[0])).toContain('<value>m999</value>')
  })

  test('one that can not be searched gives a page', async () => {
    const { stage, found } = await search('m123')
    expect(found).toEqual({ added: 20, more: true })
    expect(bodies(stage)).toEqual(names(261, 300))
  })
})
