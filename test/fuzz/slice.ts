/**
 * One slice: a fresh app with a database in memory, online, and so many damaged stanzas thrown at it, with user and
 * network doing things between. The same seed gives the same slice. Call with fake timers.
 */
import fc from 'fast-check'
import { vi } from 'vitest'
import { cleanText } from '../../src-main/protocol/transport/clean-xml.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import { createStorage } from '../../src-main/storage/index.ts'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { openMemoryDatabase } from '../../src-main/storage/open.ts'
import { isRosterGet, JULIET, settle, setStage, type Stage } from '../domain/stage.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { honest, payload, payloadOf, stanza } from './grammar.ts'
import { damage, hugeMutation, mutation } from './mutations.ts'
import { parseAll, type AllParsers } from './parsers.ts'
import { parseWire, toElement, toText, tree, type Tree } from './tree.ts'
import { serveStart } from './server.ts'
import { act } from './user.ts'
import { id } from './words.ts'

export interface SliceOptions {
  readonly seed: number
  readonly stanzas: number
  readonly parsers: AllParsers
  /** Only this one of the slice's stanzas, on a fresh app: does it fail alone? */
  readonly only?: number | undefined
}

export interface SliceReport {
  readonly stanzas: number
  /** Stanzas that the XML parser ended the stream for. */
  readonly refused: number
  readonly rows: Readonly<Record<string, number>>
}

/** What a slice throws: the stanza's number in it, and the stanza as text. */
export class Finding extends Error {
  constructor(
    readonly number: number,
    readonly stanza: string,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

/** No stanza takes as long on the slowest machine; a hang does. */
const LONGEST_MS = 10_000
const BREATHE_EVERY = 10
const ANSWERS_MOST = 4
/** A megabyte takes its time. */
const ORDINARY_TO_HUGE = 500

interface Shot {
  readonly stanza: Tree
  /** As text through the XML parser, as from a server; or as elements that no parser has seen. */
  readonly byWire: boolean
  /** In place of the stanza: an answer to one of our requests. */
  readonly answer: Answer | undefined
}

interface Answer {
  /** Which request, counted round. */
  readonly which: number
  readonly type: string
  /** Of what the payload is made; it has the namespace that was asked for, or any. */
  readonly seed: number
  readonly fits: boolean
}

const damaged = fc
  .tuple(
    stanza,
    // What is hardly damaged gets furthest.
    fc.oneof(
      fc.constant([]),
      ...[1, 2, 6].map((maxLength) => fc.array(mutation(stanza), { minLength: 1, maxLength })),
    ),
    fc.oneof(
      { weight: ORDINARY_TO_HUGE, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: hugeMutation },
    ),
  )
  .map(([from, mutations, huge]) => damage(from, huge === undefined ? mutations : [...mutations, huge]))
const shot: fc.Arbitrary<Shot> = fc.record({
  stanza: damaged,
  byWire: fc.constantFrom(true, true, false),
  answer: fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.record({
        which: fc.nat(),
        type: fc.constantFrom('result', 'result', 'result', 'error'),
        seed: fc.nat(),
        fits: fc.constantFrom(true, true, true, false),
      }),
    },
  ),
})

export async function runSlice({ seed, stanzas, parsers, only }: SliceOptions): Promise<SliceReport> {
  const shots = fc.sample(shot, { seed, numRuns: stanzas })
  const db = openMemoryDatabase()
  const faults: unknown[] = []
  const stage = setStage({
    storage: createStorage(db),
    log: (_area, level, message, fields) =>
      void (level === 'error' && faults.push(fields?.['error'] ?? message)),
  })
  const asked: Element[] = []
  let refused = 0
  try {
    stage.app.start()
    await settle()
    await serveStart(stage.stream())
    for (const [number, each] of shots.entries()) {
      if (only !== undefined && only !== number) continue
      const elements = elementsOf(each, asked)
      if (elements.length === 0) refused += 1
      await during(number, elements, () => fire({ stage, parsers, asked, faults }, elements))
      if (number % BREATHE_EVERY === 0)
        await during(number, elements, () => live(stage, { number, asked, faults }))
    }
    await during(stanzas, [], () => check(stage, db, stanzas))
    return { stanzas, refused, rows: countRows(db) }
  } finally {
    db.close()
  }
}

async function during(
  number: number,
  elements: readonly Element[],
  body: () => void | Promise<void>,
): Promise<void> {
  try {
    await body()
  } catch (error) {
    throw new Finding(number, elements.map(String).join('\n').slice(0, 20_000), error)
  }
}

function elementsOf({ stanza: root, byWire, answer }: Shot, asked: readonly Element[]): Element[] {
  const request = answer && asked[answer.which % (asked.length || 1)]
  const chosen = answer === undefined || request === undefined ? root : answerTo(request, answer)
  return byWire ? parseWire(cleanText(toText(chosen))) : [toElement(chosen)]
}

function answerTo(request: Element, { type, seed, fits }: Answer): Tree {
  const { id: requestId, to } = request.attrs as { id?: string; to?: string }
  const from = fits ? payloadOf(request.getChildElements()[0]?.getNS() ?? '') : payload
  const made = fc.tuple(from, fc.array(mutation(stanza), { maxLength: 2 }))
  const [[inside, mutations] = [tree('x', {}), []]] = fc.sample(made, { seed, numRuns: 1 })
  return tree('iq', { type, ...(requestId === undefined ? {} : { id: requestId }), ...(to === undefined ? {} : { from: to }) }, damage(inside, mutations)) // prettier-ignore
}

interface Target {
  readonly stage: Stage
  readonly parsers: SliceOptions['parsers']
  readonly asked: Element[]
  /** What the domain caught and logged. */
  readonly faults: unknown[]
}

function fire({ stage, parsers, asked, faults }: Target, elements: readonly Element[]): void {
  for (const element of elements) {
    parseAll(parsers, element)
    const stream = stage.stream()
    if (stream.state !== 'open') throw new Error('the stream was ended for a stanza')
    const begin = performance.now()
    stream.receive(element)
    const took = performance.now() - begin
    if (took > LONGEST_MS) throw new Error(`it took ${Math.round(took)} ms`)
    takeSent(stream, element, asked)
  }
  if (faults.length > 0) throw new Error('a fault was logged', { cause: faults[0] })
}

/** Whatever we say to a stanza is little, can be written, and is never an answer to an answer. */
function takeSent(stream: FakeStream, to: Element, asked: Element[]): void {
  const sent = stream.sent()
  if (sent.length > ANSWERS_MOST) throw new Error(`${sent.length} stanzas were sent at once`)
  for (const element of sent) {
    element.toString()
    const type = String(element.attrs['type'])
    const isAnswer = element.is('iq') && ['result', 'error'].includes(type)
    const wasRequest = to.getName() === 'iq' && !['result', 'error'].includes(String(to.attrs['type']))
    if (isAnswer && !wasRequest) throw new Error(`answered with ${element.toString()}`)
    if (element.is('iq') && !isAnswer) asked.push(element)
  }
  asked.splice(0, Math.max(0, asked.length - 20))
}

/** What goes on meanwhile: time passes, the user does things, the cable is pulled and put back. */
async function live(
  stage: Stage,
  { number, asked, faults }: { number: number; asked: Element[]; faults: unknown[] },
): Promise<void> {
  const { app } = stage
  const step = Math.floor(number / BREATHE_EVERY)
  await settle(step % 8 === 7 ? 31_000 : 20)
  structuredClone(app.state())
  const stream = stage.stream()
  act(app, step, faults)
  if (step % 6 === 1) stream.interrupt()
  if (step % 6 === 1) stream.resume()
  if (step % 6 === 3) stream.ack()
  if (step % 11 === 10) await reconnect(stage, stream)
  await settle(0)
  for (const element of stage.stream().sent())
    if (isRequest(element) && !isRosterGet(element)) asked.push(element)
}

function isRequest(element: Element): boolean {
  return element.is('iq') && ['get', 'set'].includes(String(element.attrs['type']))
}

async function reconnect(stage: Stage, stream: FakeStream): Promise<void> {
  stream.drop()
  for (let second = 0; stage.stream() === stream && second < 300; second += 1) await settle(1000)
  if (stage.stream() === stream) throw new Error('it did not connect again')
  await serveStart(stage.stream())
}

/** In the end the app works as ever, keeps what is within bounds, and lets everything go when it is stopped. */
async function check(stage: Stage, db: WritableDB, stanzas: number): Promise<void> {
  const { app } = stage
  const last = fc.sample(id, { seed: stanzas, numRuns: 1 })[0] ?? ''
  const body = `still here ${last.length}`
  stage.stream().receive(toElement(honest(body)))
  await settle(20)
  const conversation = app.state().conversations.find(({ counterpart }) => counterpart === JULIET)
  if (conversation?.last?.body !== body) throw new Error('an honest message was not shown')
  structuredClone(app.state())
  for (const [table, rows] of Object.entries(countRows(db))) {
    if (rows > stanzas * 4 + 1000) throw new Error(`${rows} rows in ${table}`)
  }
  for (const text of storedTexts(db)) {
    if (text.includes('xmlns')) throw new Error(`markup was stored: ${text.slice(0, 500)}`)
  }
  await app.stop()
  await settle(20)
  if (vi.getTimerCount() > 0) throw new Error(`${vi.getTimerCount()} timers are left behind`)
}

function tablesOf(db: WritableDB): string[] {
  // A virtual table's own tables are among them, and it may be one that can't be listed.
  const tables = db
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %'`,
    )
    .all()
  return tables.map(({ name }) => name).filter((name) => !name.startsWith('sqlite_'))
}

function countRows(db: WritableDB): Record<string, number> {
  return Object.fromEntries(tablesOf(db).map((name) => [name, Number(db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM "${name}"`).get()?.n)])) // prettier-ignore
}

/** All but the source of an error, which is kept as a stanza on purpose, to be looked at as text. */
function* storedTexts(db: WritableDB): Generator<string> {
  for (const name of tablesOf(db)) {
    for (const row of db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}"`).iterate()) {
      for (const [column, value] of Object.entries(row)) {
        if (typeof value === 'string' && `${name}.${column}` !== 'feed_item.source') yield value
      }
    }
  }
}
