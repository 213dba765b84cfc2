/** The domain on a stage: real storage in memory, fake streams, a clock and ids that the test sets. Uses fake timers. */
import { vi } from 'vitest'
import { createApp } from '../../src-main/domain/app.ts'
import type { App, AppOptions, Secrets } from '../../src-main/domain/app.types.ts'
import type { ConnectionProblem, ProblemCode } from '../../src-main/model/account.ts'
import type { AppEventName, AppEvents } from '../../src-main/model/events.ts'
import { parseBareJid, type BareJid } from '../../src-main/model/jid.ts'
import { StreamFailure } from '../../src-main/protocol/errors.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import type { Storage } from '../../src-main/storage/storage.ts'
import { createFakeConnect, type FakeConnect, type FakeStream } from '../helpers/fake-stream.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { escape } from '../helpers/stanza.ts'
import { createRunSecrets } from '../helpers/run-secrets.ts'
import { unreached } from '../helpers/unreached.ts'

export const NOW = Date.UTC(2026, 10, 21, 12, 0, 0)
export const ROMEO = jid('romeo@montague.example')
export const JULIET = jid('juliet@capulet.example')

export function jid(text: string): BareJid {
  const parsed = parseBareJid(text)
  if (parsed === undefined) throw new Error(`not an address: ${text}`)
  return parsed
}

export interface Stage {
  readonly app: App
  readonly storage: Storage
  readonly connect: FakeConnect
  readonly secrets: Secrets & { readonly passwords: Map<number, string>; protected: boolean }
  readonly logs: { readonly level: string; readonly message: string }[]
  /** Payloads of this event so far, oldest first. */
  events<N extends AppEventName>(name: N): readonly AppEvents[N][]
  /** Names of all events since the last call, in order. */
  eventNames(): readonly AppEventName[]
  /** The latest stream. */
  stream(): FakeStream
}

export interface StageOptions extends Partial<AppOptions> {
  /** Accounts that are there from an earlier run, with their passwords remembered. */
  readonly accounts?: readonly BareJid[]
}

/** Call in `beforeEach`-like places only after `vi.useFakeTimers({ now: NOW })`. */
export function setStage({ accounts = [ROMEO], ...options }: StageOptions = {}): Stage {
  const storage = options.storage ?? createMemoryStorage()
  const connect = createFakeConnect()
  const secrets = createMemorySecrets()
  for (const account of accounts) {
    const known = storage.listAccounts().find((each) => each.jid === account)
    const { id } = known ?? storage.insertAccount(accountRow(account))
    secrets.passwords.set(id, 'secret')
  }
  const logs: Stage['logs'] = []
  const happened: { name: AppEventName; payload: unknown }[] = []
  let ids = 0
  let read = 0
  const app = createApp({
    connect: connect.connect,
    ...unreached,
    probe: () => Promise.resolve({}),
    fetchPage: () => Promise.resolve(undefined),
    fetchPicture: () => Promise.resolve(undefined),
    secrets,
    log: (_area, level, message) => void logs.push({ level, message }),
    now: Date.now,
    newId: () => `id-${++ids}`,
    random: () => 0.5,
    idleSeconds: () => 0,
    version: '0.1.0',
    system: 'Linux',
    languages: () => ['en'],
    ...options,
    storage,
  })
  app.events.onAny((name, payload) => void happened.push({ name, payload }))
  return {
    app,
    storage,
    connect,
    secrets,
    logs,
    events: <N extends AppEventName>(name: N) =>
      happened.filter((event) => event.name === name).map((event) => event.payload as AppEvents[N]),
    eventNames() {
      const fresh = happened.slice(read).map((event) => event.name)
      read = happened.length
      return fresh
    },
    stream() {
      const stream = connect.streams.at(-1)
      if (stream === undefined) throw new Error('no stream yet')
      return stream
    },
  }
}

function accountRow(account: BareJid) {
  return {
    jid: account,
    enabled: true,
    resource: 'Linnet.test',
    remember: true,
    security: 'automatic',
  } as const
}

function createMemorySecrets(): Stage['secrets'] {
  const passwords = new Map<number, string>()
  const others = createRunSecrets()
  return {
    passwords,
    protected: true,
    getPassword: (accountId) => passwords.get(accountId),
    setPassword(accountId, password, keep) {
      passwords.set(accountId, password)
      others.setPassword(accountId, password, keep)
    },
    get: others.get,
    set: others.set,
    forget(accountId) {
      passwords.delete(accountId)
      others.forget(accountId)
    },
    rooms: others.rooms,
  }
}

/** Lets promises run, and timers that are due. */
export async function settle(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
}

/** Starts the app and answers as a server would until every account is online. What was sent so far is read away. */
export async function startOnline(stage: Stage, items = ''): Promise<FakeStream> {
  stage.app.start()
  await settle()
  for (const stream of stage.connect.streams) if (stream.state === 'open') await answerRoster(stream, items)
  return stage.stream()
}

/** Answers the roster request; returns what was sent after it. */
export async function answerRoster(
  stream: FakeStream,
  items = '',
  version = 'v1',
): Promise<readonly Element[]> {
  const request = stream.sent().find((element) => isRosterGet(element))
  if (request === undefined) throw new Error('nobody asked for the roster')
  stream.receive(result(request, `<query xmlns='jabber:iq:roster' ver='${version}'>${items}</query>`))
  await settle()
  return stream.sent()
}

/** The server's result to a request, from our own account. */
export function result(request: Element, payload = ''): string {
  return `<iq type='result' id='${escape(String(request.attrs['id']))}'>${payload}</iq>`
}

export function isRosterGet(element: Element): boolean {
  return (
    element.is('iq') &&
    element.attrs['type'] === 'get' &&
    element.getChild('query', 'jabber:iq:roster') !== undefined
  )
}

/** The one stanza of this name among them. */
export function only(elements: readonly Element[], name: 'message' | 'presence' | 'iq'): Element {
  const [found, ...more] = elements.filter((element) => element.getName() === name)
  if (found === undefined || more.length > 0) throw new Error(`not one ${name} in: ${elements.join('\n')}`)
  return found
}

/** This attribute of each, in order. */
export function attributes(elements: readonly Element[], name: string): readonly unknown[] {
  return elements.map((element): unknown => element.attrs[name])
}

/** Bodies of the messages among them, in order. */
export function bodies(elements: readonly Element[]): readonly string[] {
  return elements
    .filter((element) => element.is('message'))
    .map((element) => element.getChildText('body') ?? '')
}

export function failure(code: ProblemCode): StreamFailure {
  return new StreamFailure({ code })
}

export function problem(code: ProblemCode): ConnectionProblem {
  return { code }
}

/** How the first account's connection stands. */
export function phase(stage: Stage): string | undefined {
  return stage.app.state().connections[0]?.state.phase
}
