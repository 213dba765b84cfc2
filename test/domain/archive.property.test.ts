/** XEP-0313: whatever comes live, is caught up with or loaded back, in whatever pieces: in the end all is as in the archive. */
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createArchiveServer, type ArchiveServer } from './archive-server.ts'
import { JULIET, NOW, ROMEO, settle, setStage, type Stage } from './stage.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

type Step =
  /** Juliet says so many at once. */
  | { readonly kind: 'theirs'; readonly count: number; readonly named: boolean }
  | { readonly kind: 'ours'; readonly count: number }
  /** On another device, which this one hears nothing of. */
  | { readonly kind: 'elsewhere'; readonly count: number }
  | { readonly kind: 'drop' }
  /** A new stream, on which so many queries are answered before it is lost or the rest is left waiting. */
  | { readonly kind: 'connect'; readonly queries: number }
  | { readonly kind: 'older' }
  | { readonly kind: 'wait'; readonly ms: number }

const count = fc.integer({ min: 1, max: 5 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('theirs' as const), count, named: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('ours' as const), count }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('elsewhere' as const), count }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'drop' as const }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('connect' as const), queries: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'older' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(1500) }) },
)
const HOUR = 3_600_000
const skew = fc.constantFrom(-HOUR, -700, 0, 700, HOUR)

test('any interleaving, with clocks that differ, ends in exactly the order of the archive, each once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 14 }),
      fc.record({
        skew,
        before: fc.nat(12),
        pageSize: fc.integer({ min: 1, max: 6 }),
        talk: fc.array(fc.constantFrom('theirs' as const, 'ours' as const), { maxLength: 6 }),
      }),
      async (steps, { skew, before, pageSize, talk }) => {
        const world = createWorld(skew, pageSize)
        await settle()
        for (let index = 0; index < before; index += 1) world.archive(theirs(world.nextBody()))
        for (const each of steps) await world.run(each)
        await world.settle(talk)
        const shown = world.shown()
        await world.end()
        expect(shown).toEqual(world.archived())
      },
    ),
    { numRuns: 60 },
  )
}, 120_000)

function theirs(body: string, named = true): string {
  const id = named ? `id='${body}'` : ''
  return `<message xmlns='jabber:client' from='${JULIET}/phone' to='${ROMEO}' type='chat' ${id}><body>${body}</body></message>`
}

function mine(body: string, id: string): string {
  return `<message xmlns='jabber:client' from='${ROMEO}/desk' to='${JULIET}' type='chat' id='${id}'><body>${body}</body></message>`
}

function createWorld(skewMs: number, pageSize: number) {
  const server: ArchiveServer = createArchiveServer()
  server.pageSize = pageSize
  const stage: Stage = setStage()
  stage.app.setSettings({ historyLimit: 'all' })
  stage.app.start()
  const conversationId = stage.app.openConversation({ accountId: 1, jid: JULIET }).id
  let bodies = 0
  const heard = new WeakSet()

  const isOnline = (): boolean => stage.connect.streams.at(-1)?.state === 'open'
  const nextBody = (): string => `m${++bodies}`

  /** Servers stamp in whole seconds, by their own clock. */
  function archive(stanza: string): string {
    const stampMs = Math.floor((Date.now() + skewMs) / 1000) * 1000
    const id = `a${server.messages.length}`
    server.messages.push({ id, stampMs, stanza })
    return id
  }

  function deliver(stanza: string, id: string): void {
    const ours = `<stanza-id xmlns='urn:xmpp:sid:0' by='${ROMEO}' id='${id}'/></message>`
    stage.stream().receive(stanza.replace('</message>', ours))
  }

  function say(named: boolean): void {
    const stanza = theirs(nextBody(), named)
    const id = archive(stanza)
    if (isOnline()) deliver(stanza, id)
  }

  /** What the stream was given is in the archive, and acknowledged. */
  function takeOwn(): void {
    const stream = stage.stream()
    if (heard.has(stream)) return
    heard.add(stream)
    const send = stream.send.bind(stream)
    stream.send = (stanza) => {
      const taken = send(stanza)
      const body = stanza.is('message') ? stanza.getChildText('body') : null
      if (taken && body) {
        const id = String(stanza.attrs['id'])
        if (!server.messages.some((known) => known.stanza.includes(`id='${id}'`))) archive(mine(body, id))
      }
      return taken
    }
  }

  async function connect(queries: number): Promise<void> {
    if (isOnline()) stage.stream().drop()
    const before = stage.connect.streams.length
    while (stage.connect.streams.length === before || !isOnline()) await settle(10_000)
    await settle()
    takeOwn()
    await server.serve(stage.stream(), queries)
    if (queries === Infinity) stage.stream().ack()
  }

  async function run(each: Step): Promise<void> {
    switch (each.kind) {
      case 'theirs':
        for (let index = 0; index < each.count; index += 1) say(each.named)
        return
      case 'ours':
        for (let index = 0; index < each.count; index += 1)
          stage.app.sendMessage({ conversationId, body: nextBody() })
        return
      case 'elsewhere':
        for (let index = 0; index < each.count; index += 1) {
          const body = nextBody()
          archive(mine(body, body))
        }
        return
      case 'drop':
        return isOnline() ? stage.stream().drop() : undefined
      case 'connect':
        return connect(each.queries)
      case 'older': {
        const older = stage.app.loadOlder({ conversationId }).catch(() => undefined)
        if (isOnline()) await server.serve(stage.stream())
        if (isOnline()) stage.stream().drop()
        return void (await older)
      }
      case 'wait':
        return settle(each.ms)
    }
  }

  return {
    archive,
    nextBody,
    async end() {
      const ended = stage.app.stop()
      await settle(2000)
      await ended
      vi.clearAllTimers()
    },
    run,
    /** Both go on talking while the archive is read for the last time: one message with each page. */
    async settle(talk: readonly ('theirs' | 'ours')[]) {
      const left = [...talk]
      server.crossing = () => {
        const kind = left.shift()
        if (kind === 'ours') stage.app.sendMessage({ conversationId, body: nextBody() })
        if (kind === 'theirs') say(true)
      }
      await connect(Infinity)
    },
    archived: () => server.messages.map(({ stanza }) => /<body>(.*?)</.exec(stanza)?.[1]),
    shown: () => stage.storage.pageMessages({ conversationId, limit: 500 }).messages.map(({ body }) => body),
  }
}
