/**
 * Linnet without windows, as a process that may be killed: the real domain, transport and database, signed in as romeo.
 * Reads commands from stdin, a line each, and says what happens on stdout, a line of JSON each (see romeo.ts).
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createApp } from '../../../src-main/domain/app.ts'
import type { ConnectionOptions } from '../../../src-main/model/account.ts'
import { parseBareJid } from '../../../src-main/model/jid.ts'
import { createConnect } from '../../../src-main/protocol/transport/xmpp-client.ts'
import { openStorage } from '../../../src-main/storage/index.ts'
import { bodyOf, labelOf, longBodyOf } from './bodies.ts'
import type { RomeoOptions, RomeoSays, Status } from './romeo.ts'
import { createRunSecrets } from '../../helpers/run-secrets.ts'
import { unreached } from '../../helpers/unreached.ts'

const SPEAK_EVERY_MS = 15
/** He writes on while he is offline, but not for ever. */
const MOST_PENDING = 20

const options = JSON.parse(process.argv[2] ?? '{}') as RomeoOptions
const say = (line: RomeoSays): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

const { storage } = openStorage({ file: options.file, now: Date.now })
const app = createApp({
  storage,
  connect: createConnect({
    ca: [readFileSync(options.caFile, 'utf8')],
    // Short, and long enough for a machine that has much else to do: no result depends on them.
    limits: {
      silence: 2000,
      answer: 6000,
      acknowledge: 12_000,
      wake: 300,
      resumePause: 100,
      step: 15_000,
      tls: 15_000,
      connect: 15_000,
      signIn: 15_000,
    },
  }),
  probe: () => Promise.resolve({ reachable: true }),
  fetchPage: () => Promise.resolve(undefined),
  fetchPicture: () => Promise.resolve(undefined),
  ...unreached,
  secrets: createRunSecrets(),
  log: (area, level, message, fields) => {
    if (level !== 'debug') say({ log: `${level} ${area}: ${message} ${JSON.stringify(fields ?? {})}` })
  },
  now: Date.now,
  idleSeconds: () => 0,
  system: 'Linux',
  newId: randomUUID,
  random: () => 0,
  version: '0',
  languages: () => ['en'],
})
app.events.on('connection.changed', ({ state }) => say({ phase: state.phase }))
app.provision([
  {
    address: options.jid,
    password: options.password,
    ...where(options),
    remember: true,
  },
])
app.start()

const accountId = storage.listAccounts()[0]?.id ?? 0
const counterpart = parseBareJid(options.counterpart)
if (counterpart === undefined) throw new Error('no counterpart')
const conversation = app.openConversation({ accountId, jid: counterpart })
let speaking: NodeJS.Timeout | undefined

createInterface({ input: process.stdin }).on('line', (command) => {
  if (command === 'speak') speaking = setInterval(speak, SPEAK_EVERY_MS)
  else if (command === 'shout') send(longBodyOf)
  else if (command === 'quiet') clearInterval(speaking)
  else if (command === 'status')
    say({ status: { ...history(), pending: storage.listPending(accountId).length } })
  else if (command === 'quit') void quit()
})

function where({ transport, port }: RomeoOptions): ConnectionOptions {
  if (transport === 'tcp') return { host: '127.0.0.1', port, security: 'direct-tls' }
  return { transport, webSocketUrl: `wss://127.0.0.1:${port}/xmpp-websocket`, security: 'automatic' }
}

function speak(): void {
  if (storage.listPending(accountId).length < MOST_PENDING) send(bodyOf)
}

function send(words: typeof bodyOf): void {
  app.sendMessage({ conversationId: conversation.id, body: words('romeo', history().out) })
}

function history(): Pick<Status, 'got' | 'out'> {
  const { messages } = storage.pageMessages({ conversationId: conversation.id, limit: 100_000 })
  const got = messages.filter(({ direction }) => direction === 'in').map(({ body }) => labelOf(body))
  return { got, out: messages.length - got.length }
}

async function quit(): Promise<void> {
  clearInterval(speaking)
  await app.stop()
  storage.close()
  process.exit(0)
}
