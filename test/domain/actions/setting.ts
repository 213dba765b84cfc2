/** The incoming pipeline alone, fed as whoever makes arrivals feeds it: live, from carbons and from the archive. */
import { vi } from 'vitest'
import { createBatch, createNews } from '../../../src-main/domain/archive/batch.ts'
import { createTools } from '../../../src-main/domain/app.ts'
import type { Arrival } from '../../../src-main/domain/incoming/arrival.ts'
import type { Draft } from '../../../src-main/domain/incoming/draft.ts'
import { processIncoming, runSteps } from '../../../src-main/domain/incoming/pipeline.ts'
import { createLink, type Link } from '../../../src-main/domain/link.ts'
import type { Tools } from '../../../src-main/domain/tools.ts'
import type { AppEventName } from '../../../src-main/model/events.ts'
import { bareOf, type BareJid } from '../../../src-main/model/jid.ts'
import type { Message } from '../../../src-main/model/message.ts'
import { parseMessage } from '../../../src-main/protocol/message.ts'
import type { Storage } from '../../../src-main/storage/storage.ts'
import { createFakeStream } from '../../helpers/fake-stream.ts'
import { createMemoryStorage } from '../../helpers/memory-storage.ts'
import { parseStanza } from '../../helpers/stanza.ts'
import { JULIET, NOW, ROMEO } from '../stage.ts'
import { createRunSecrets } from '../../helpers/run-secrets.ts'
import { unreached } from '../../helpers/unreached.ts'

export type Way = Arrival['via']

export interface Setting {
  readonly storage: Storage
  readonly tools: Tools
  /** `sentAt`: the stamp it carries; without one it came straight. */
  arrive(stanza: string, way?: Way, sentAt?: number): void
  messages(): readonly Message[]
  names(): readonly AppEventName[]
}

/** Juliet is a contact. Only with fake timers. */
export function setScene(): Setting {
  const storage = createMemoryStorage()
  const account = { enabled: true, resource: 'x', remember: true, security: 'automatic' } as const
  const { id: accountId } = storage.insertAccount({ jid: ROMEO, ...account })
  const item = {
    jid: JULIET,
    name: '',
    subscription: 'both',
    ask: false,
    approved: false,
    groups: [],
  } as const
  storage.upsertRosterItem(accountId, item, undefined)
  const stream = createFakeStream({ jid: `${ROMEO}/orchard` })
  let ids = 0
  const tools = createTools({
    storage,
    connect: () => Promise.resolve(stream),
    probe: () => Promise.resolve({}),
    fetchPage: () => Promise.resolve(undefined),
    fetchPicture: () => Promise.resolve(undefined),
    ...unreached,
    secrets: createRunSecrets(),
    log: vi.fn(),
    now: Date.now,
    newId: () => `id-${++ids}`,
    random: () => 0.5,
    idleSeconds: () => 0,
    version: '0',
    system: 'Linux',
    languages: () => ['en'],
  })
  const names: AppEventName[] = []
  tools.events.onAny((name) => void names.push(name))
  const link = createLink(tools, stream)
  link.accountId = accountId
  return {
    storage,
    tools,
    arrive(stanza, via = 'live', stampMs) {
      const parsed = parseMessage(parseStanza(stanza), { ownBareJid: ROMEO })
      if (parsed.kind === 'rejected') throw new Error(parsed.reason)
      const isOwn = bareOf(parsed.from) === ROMEO
      const counterpart: BareJid = isOwn ? bareOf(parsed.to ?? ROMEO) : bareOf(parsed.from)
      const arrival = { parsed, via, isOwn, counterpart, stampMs }
      if (via === 'archive' && stampMs !== undefined) takeArchived(tools, link, arrival, stampMs)
      else processIncoming(tools, link, arrival)
    },
    messages: () =>
      storage
        .listConversations()
        .flatMap(({ id }) => storage.pageMessages({ conversationId: id, limit: 100 }).messages),
    names: () => names,
  }
}

/** As whoever takes a page of the archive does it. */
function takeArchived(tools: Tools, link: Link, arrival: Arrival, stampMs: number): void {
  const position = { order: stampMs - NOW, stampMs, settled: { first: 0, last: -1 } }
  const archived = { position, isOld: false }
  const draft: Draft = { ...arrival, archived, link, changed: [], announcements: [] }
  const batch = createBatch(tools)
  let touched: readonly number[] = []
  tools.storage.transaction(() => {
    runSteps(tools, draft)
    if (draft.outcome !== undefined) batch.take(draft.outcome)
    batch.changed(draft.changed)
    touched = batch.bringAlong()
  })
  const news = createNews(tools)
  news.take(batch, touched, draft.announcements)
  news.announce()
}

const FULL = { romeo: `${ROMEO}/phone`, juliet: `${JULIET}/balcony` } as const
type Who = keyof typeof FULL

function stanza(who: Who, id: string, content: string): string {
  const to = who === 'romeo' ? JULIET : ROMEO
  return `<message from='${FULL[who]}' to='${to}' type='chat' id='${id}'>${content}</message>`
}

export function words(who: Who, id: string, body: string): string {
  return stanza(who, id, `<body>${body}</body><origin-id xmlns='urn:xmpp:sid:0' id='${id}'/>`)
}

export function correction(who: Who, id: string, replaces: string, body: string): string {
  return stanza(who, id, `<body>${body}</body><replace xmlns='urn:xmpp:message-correct:0' id='${replaces}'/>`)
}

export function retraction(who: Who, id: string, retracts: string): string {
  const fallback = `<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:message-retract:1'/>`
  const retract = `<retract xmlns='urn:xmpp:message-retract:1' id='${retracts}'/>`
  return stanza(who, id, `<body>/me took something back</body>${fallback}${retract}`)
}

export function reactions(who: Who, id: string, to: string, ...emoji: readonly string[]): string {
  const each = emoji.map((one) => `<reaction>${one}</reaction>`).join('')
  return stanza(who, id, `<reactions xmlns='urn:xmpp:reactions:0' id='${to}'>${each}</reactions>`)
}
