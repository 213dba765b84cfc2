/** Linnet without windows on a real server: the real domain and transport, a database in memory, a clock that runs. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createApp } from '../../src-main/domain/app.ts'
import type { App } from '../../src-main/domain/app.types.ts'
import { parseBareJid, type BareJid } from '../../src-main/model/jid.ts'
import type { Message } from '../../src-main/model/message.ts'
import { createConnect } from '../../src-main/protocol/transport/xmpp-client.ts'
import type { Storage } from '../../src-main/storage/storage.ts'
import { createMemoryStorage } from './memory-storage.ts'
import type { Prosody } from './prosody.ts'
import { createRunSecrets } from './run-secrets.ts'
import { unreached } from './unreached.ts'

export interface LiveApp {
  readonly app: App
  readonly storage: Storage
  readonly accountId: number
  readonly jid: BareJid
  /** What went over the wire, SASL left out, in the order of each direction. */
  readonly traffic: { readonly in: string[]; readonly out: string[] }
  /** The conversation with somebody, oldest first. */
  messages(counterpart: string): readonly Message[]
  say(counterpart: string, body: string): Message
  /** Says goodbye. The database stays, for another start. */
  close(): Promise<void>
}

export interface LiveAppOptions {
  /** Of an earlier start. */
  readonly storage?: Storage
  /** Listen on another port than the server's, as a proxy does. */
  readonly port?: number
  /** Of several devices of one account each needs its own, for the name of its resource. */
  readonly random?: () => number
}

/** Resolves when it is online. */
export async function startLiveApp(
  server: Pick<Prosody, 'domain' | 'tlsPort' | 'caFile'>,
  name: string,
  password: string,
  { storage = createMemoryStorage(), port = server.tlsPort, random = () => 0 }: LiveAppOptions = {},
): Promise<LiveApp> {
  const traffic = { in: [] as string[], out: [] as string[] }
  const app = createApp({
    storage,
    connect: createConnect({
      ca: [readFileSync(server.caFile, 'utf8')],
      limits: { resumePause: 100 },
      onTraffic: (direction, text) => void traffic[direction].push(text),
    }),
    probe: () => Promise.resolve({ reachable: true }),
    fetchPage: () => Promise.resolve(undefined),
    fetchPicture: () => Promise.resolve(undefined),
    ...unreached,
    secrets: createRunSecrets(),
    log: () => undefined,
    now: Date.now,
    newId: randomUUID,
    random,
    idleSeconds: () => 0,
    version: '0',
    system: 'Linux',
    languages: () => ['en'],
  })
  const address = `${name}@${server.domain}`
  app.provision([{ address, password, host: '127.0.0.1', port, security: 'direct-tls', remember: true }])
  const online = new Promise<void>((resolve, reject) =>
    app.events.on('connection.changed', ({ state }) => {
      if (state.phase === 'online') resolve()
      if (state.phase === 'waiting' || (state.phase === 'offline' && state.problem !== undefined))
        reject(new Error(`${address}: ${JSON.stringify(state.problem)}`))
    }),
  )
  app.start()
  await online
  const [account] = storage.listAccounts()
  if (account === undefined) throw new Error('the account has no row')
  const conversationWith = (counterpart: string): number => {
    const jid = parseBareJid(counterpart)
    if (jid === undefined) throw new Error(`not an address: ${counterpart}`)
    return app.openConversation({ accountId: account.id, jid }).id
  }
  return {
    app,
    storage,
    accountId: account.id,
    jid: account.jid,
    traffic,
    messages: (counterpart) =>
      storage.pageMessages({ conversationId: conversationWith(counterpart), limit: 1000 }).messages,
    say: (counterpart, body) => app.sendMessage({ conversationId: conversationWith(counterpart), body }),
    close: () => app.stop(),
  }
}
