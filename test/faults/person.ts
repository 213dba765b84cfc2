/** One of two who talk: Linnet without windows, with its real domain, transport and database, in this process. */
import { randomUUID } from 'node:crypto'
import { createApp } from '../../src-main/domain/app.ts'
import type { ConnectionOptions } from '../../src-main/model/account.ts'
import { parseBareJid, type BareJid } from '../../src-main/model/jid.ts'
import type { Limits } from '../../src-main/protocol/transport/limits.ts'
import { createConnect } from '../../src-main/protocol/transport/xmpp-client.ts'
import { openStorage } from '../../src-main/storage/index.ts'
import { createRunSecrets } from '../helpers/run-secrets.ts'
import { unreached } from '../helpers/unreached.ts'

/** Short, so that much happens in little time. No result depends on them. */
const LIMITS: Partial<Limits> = {
  silence: 4000,
  answer: 8000,
  acknowledge: 16_000,
  ackDelay: 20,
  ackDelayMax: 100,
  resumePause: 20,
  step: 15_000,
  tls: 15_000,
  connect: 15_000,
  signIn: 15_000,
}
/** A pause before a new stream ends after so long, as when the network says that it is back. */
const IMPATIENCE_MS = 50

export interface PersonOptions {
  readonly file: string
  readonly jid: string
  readonly counterpart: string
  readonly password: string
  readonly transport: 'tcp' | 'websocket'
  readonly port: number
  /** The same list for all, so that it is read once. */
  readonly ca: readonly string[]
}

export interface History {
  /** Bodies in the order shown. */
  readonly said: readonly string[]
  readonly heard: readonly string[]
  readonly states: readonly string[]
}

export interface Person {
  say(body: string): void
  history(): History
  /** Phases of the connection, and what was logged. */
  readonly story: readonly string[]
  leave(): Promise<void>
}

/** `tell` hears of the story as it goes on. */
export function createPerson(options: PersonOptions, tell: (line: string) => void = () => undefined): Person {
  const { storage } = openStorage({ file: options.file, now: Date.now })
  const story: string[] = []
  const note = (line: string): void => {
    story.push(line)
    tell(line)
  }
  const app = createApp({
    storage,
    connect: createConnect({ ca: options.ca, limits: LIMITS }),
    fetchPage: () => Promise.resolve(undefined),
    fetchPicture: () => Promise.resolve(undefined),
    probe: () => Promise.resolve({ reachable: true }),
    ...unreached,
    secrets: createRunSecrets(),
    log: (area, level, message, fields) => {
      if (level !== 'debug') note(`${level} ${area}: ${message} ${JSON.stringify(fields ?? {})}`)
    },
    now: Date.now,
    idleSeconds: () => 0,
    system: 'Linux',
    newId: randomUUID,
    random: () => 0,
    version: '0',
    languages: () => ['en'],
  })
  let hurry: NodeJS.Timeout | undefined
  app.events.on('connection.changed', ({ state }) => {
    note('problem' in state ? `${state.phase}: ${state.problem.detail ?? ''}` : state.phase)
    clearTimeout(hurry)
    if (state.phase === 'waiting') hurry = setTimeout(() => app.wake(), IMPATIENCE_MS)
  })
  const { jid: address, password } = options
  app.provision([{ address, password, ...where(options), remember: true }])
  app.start()
  const accountId = storage.listAccounts()[0]?.id ?? 0
  const { id: conversationId } = app.openConversation({ accountId, jid: addressOf(options.counterpart) })
  return {
    story,
    say: (body) => void app.sendMessage({ conversationId, body }),
    history() {
      const { messages } = storage.pageMessages({ conversationId, limit: 100_000 })
      const of = (wanted: 'in' | 'out') => messages.filter(({ direction }) => direction === wanted)
      return {
        said: of('out').map(({ body }) => body),
        heard: of('in').map(({ body }) => body),
        states: of('out').map(({ state }) => state),
      }
    },
    async leave() {
      clearTimeout(hurry)
      await app.stop()
      storage.close()
    },
  }
}

function where({ transport, port }: PersonOptions): ConnectionOptions {
  if (transport === 'tcp') return { host: '127.0.0.1', port, security: 'direct-tls' }
  return { transport, webSocketUrl: `wss://127.0.0.1:${port}/xmpp-websocket`, security: 'automatic' }
}

function addressOf(text: string): BareJid {
  const jid = parseBareJid(text)
  if (jid === undefined) throw new Error(`not an address: ${text}`)
  return jid
}
