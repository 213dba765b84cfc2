/**
 * A room, its archive and the ways to and from it, for tests of order. The room decides the order: what reaches it is
 * archived at once, and goes to everybody in that order, we who said it among them. Both ways can be slow, and what is on
 * one of them when it breaks is lost.
 */
import { vi } from 'vitest'
import type { Element } from '../../../src-main/protocol/xml.ts'
import { createArchiveServer } from '../archive-server.ts'
import { isRosterGet, NOW, result, settle, setStage, startOnline } from '../stage.ts'
import { answerInfo, FULL, occupant, reflected, ROOM, said, subject } from './fake-room.ts'

const NS_MUC = 'http://jabber.org/protocol/muc'

export type Step =
  /** Juliet says so many. */
  | { readonly kind: 'theirs' | 'ours'; readonly count: number }
  /** On another device of ours that is in the room too. */
  | { readonly kind: 'elsewhere'; readonly count: number }
  /** What we have sent reaches the room. */
  | { readonly kind: 'hear' }
  /** So many of what the room has sent reach us. */
  | { readonly kind: 'deliver'; readonly count: number }
  | { readonly kind: 'drop' }
  /** The room has lost us, which it says; the stream stays. */
  | { readonly kind: 'throwOut' }
  /** Back in, on a new stream unless this one does; so many queries are answered, then it waits. */
  | { readonly kind: 'connect'; readonly queries: number }
  | { readonly kind: 'older' }
  | { readonly kind: 'wait'; readonly ms: number }

export interface RoomWorldOptions {
  /** Of the room's clock against ours. */
  readonly skewMs: number
  readonly pageSize: number
  /** Messages that were said before we came first. */
  readonly before: number
}

export function createRoomWorld({ skewMs, pageSize, before }: RoomWorldOptions) {
  const server = createArchiveServer(undefined, ROOM)
  server.pageSize = pageSize
  const stage = setStage()
  const bodies: string[] = []
  const watched = new WeakSet()
  let toRoom: Element[] = []
  let toUs: string[] = []
  let isIn = false
  let knocks = 0
  let conversationId = 0

  const isOnline = (): boolean => stage.connect.streams.at(-1)?.state === 'open'
  function nextBody(): string {
    const body = `m${bodies.length + 1}`
    bodies.push(body)
    return body
  }

  /** The room has it: in the archive, stamped in whole seconds by its own clock, and on its way to us if we are in. */
  function take(stanzaWith: (ids: { stanzaId?: string }) => string): void {
    const id = `a${server.messages.length}`
    const stampMs = Math.floor((Date.now() + skewMs) / 1000) * 1000
    server.messages.push({ id, stampMs, stanza: stanzaWith({}) })
    if (isIn) toUs.push(stanzaWith({ stanzaId: id }))
  }

  const theirs = (): void => {
    const body = nextBody()
    take((ids) => said('juliet', body, { ...ids, occupantId: 'her' }))
  }
  const elsewhere = (): void => {
    const body = nextBody()
    take((ids) => said('romeo', body, { ...ids, occupantId: 'me' }))
  }
  const ours = (): void => void stage.app.sendMessage({ conversationId, body: nextBody() })
  const SPEAKERS = { theirs, ours, elsewhere }

  function hear(): void {
    const heard = toRoom
    toRoom = []
    for (const sent of heard) take((ids) => reflected(sent, { ...ids, occupantId: 'me' }))
  }

  function deliver(count = Infinity): void {
    if (!isOnline() || !isIn) return
    for (const stanza of toUs.splice(0, count)) stage.stream().receive(stanza)
  }

  function loseWays(): void {
    isIn = false
    toRoom = []
    toUs = []
  }

  /** What we send to the room is on its way to it, and who knocks is heard. */
  function watch(): void {
    const stream = stage.stream()
    if (watched.has(stream)) return
    watched.add(stream)
    const send = stream.send.bind(stream)
    stream.send = (stanza) => {
      const isTaken = send(stanza)
      if (isTaken && stanza.attrs['to'] === ROOM && stanza.getChildText('body')) toRoom.push(stanza)
      if (isTaken && stanza.is('presence') && stanza.getChild('x', NS_MUC) !== undefined) knocks += 1
      return isTaken
    }
  }

  function letIn(): void {
    const stream = stage.stream()
    knocks = 0
    isIn = true
    stream.receive(occupant('juliet', { id: 'her' }))
    stream.receive(occupant('romeo', { id: 'me', codes: [110] }))
    stream.receive(subject('Roses'))
  }

  async function reachServer(): Promise<void> {
    if (isOnline()) return
    loseWays()
    const count = stage.connect.streams.length
    while (stage.connect.streams.length === count || !isOnline()) await settle(10_000)
    watch()
    const roster = stage.stream().sent().find(isRosterGet)
    if (roster) stage.stream().receive(result(roster, `<query xmlns='jabber:iq:roster'/>`))
    await settle()
  }

  async function connect(queries: number): Promise<void> {
    await reachServer()
    while (!isIn && knocks === 0) await settle(10_000)
    if (!isIn) letIn()
    await server.serve(stage.stream(), queries)
  }

  /** Until nothing is on its way and nothing more is asked. */
  async function arriveAll(): Promise<void> {
    for (let calm = 0; calm < 3; calm += 1) {
      if (toRoom.length + toUs.length > 0) calm = 0
      hear()
      deliver()
      await server.serve(stage.stream())
    }
  }

  function throwOut(): void {
    if (!isOnline() || !isIn) return
    deliver()
    loseWays()
    stage.stream().receive(occupant('romeo', { type: 'unavailable', role: 'none', codes: [110, 333, 307] }))
  }

  /** Whether there may be more. Time goes on until it is answered, or given up. */
  async function older(): Promise<boolean> {
    let outcome: { readonly more: boolean } | undefined
    stage.app.loadOlder({ conversationId }).then(
      ({ more }) => (outcome = { more }),
      () => (outcome = { more: false }),
    )
    for (await settle(); outcome === undefined; await settle(1000)) {
      if (isOnline()) await server.serve(stage.stream())
    }
    return outcome.more
  }

  async function run(each: Step): Promise<void> {
    switch (each.kind) {
      case 'theirs':
      case 'ours':
      case 'elsewhere':
        for (let index = 0; index < each.count; index += 1) SPEAKERS[each.kind]()
        return
      case 'hear':
        return hear()
      case 'deliver':
        return deliver(each.count)
      case 'drop':
        if (isOnline()) stage.stream().drop()
        return loseWays()
      case 'throwOut':
        return throwOut()
      case 'connect':
        return connect(each.queries)
      case 'older':
        return void (await older())
      case 'wait':
        return settle(each.ms)
    }
  }

  const shownMessages = () => stage.storage.pageMessages({ conversationId, limit: 500 }).messages

  return {
    run,
    /** In the room for the first time. */
    async begin() {
      for (let index = 0; index < before; index += 1) theirs()
      // What is sent by one stream is in the archive before what it is asked for next.
      server.crossing = () => deliver()
      const stream = await startOnline(stage)
      watch()
      const joined = await stage.app.joinRoom({ accountId: 1, jid: ROOM, nick: 'romeo', autojoin: false })
      conversationId = joined.id
      await settle()
      await answerInfo(stream, FULL)
      letIn()
      await server.serve(stream)
    },
    /** Both go on talking while the archive is read for the last time: one message with each page. Then all arrives. */
    async settle(talk: readonly ('theirs' | 'ours')[]) {
      const left = [...talk]
      server.crossing = () => {
        const next = left.shift()
        if (next !== undefined) SPEAKERS[next]()
        deliver()
      }
      // Queries that were left waiting are answered no more.
      if (isOnline()) stage.stream().drop()
      await connect(Infinity)
      await arriveAll()
      while (await older());
      await arriveAll()
    },
    async end() {
      const ended = stage.app.stop()
      await settle(2000)
      await ended
      vi.clearAllTimers()
      vi.setSystemTime(NOW)
    },
    archived: () => server.messages.map(({ stanza }) => /<body>(.*?)</.exec(stanza)?.[1] ?? ''),
    shown: () => shownMessages().map(({ body }) => body),
    /** Ours that are not said yet. */
    waiting: () => shownMessages().filter(({ direction, state }) => direction === 'out' && state !== 'sent'),
    /** By anybody, sorted. */
    allSaid: () => [...bodies].sort(),
  }
}
