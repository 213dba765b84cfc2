/**
 * What devices can do (XEP-0115): announced as a hash in presence, asked about once, believed only when the hash proves it,
 * and kept for all who announce the same.
 */
import { bareOf, resourceOf, type BareJid, type Jid } from '../../model/jid.ts'
import type { Capability } from '../../model/services.ts'
import { NS as NS_COMMANDS } from '../../protocol/xep-0050-commands.ts'
import { clip } from '../../protocol/stanza.ts'
import { fetchVerifiedInfo, isVerifiable, type Caps } from '../../protocol/xep-0115-capabilities.ts'
import type { Link } from '../link.ts'
import type { Abilities } from '../presence-book.ts'
import type { Tools } from '../tools.ts'

/** Questions under way at a time: a log-in brings many unknown hashes at once. */
export const MAX_ASKING = 4
/** Hashes that one stream may make us wonder about; more is somebody playing. */
const MAX_QUESTIONS = 500
const MAX_CANDIDATES = 32
/** Wrong or missing answers before a hash is left alone; of these no more than two by one contact's devices. */
const MAX_TRIES = 8
const MAX_TRIES_EACH = 2
const MAX_ANNOUNCED = 20_000
const MAX_KNOWN = 500
const MAX_NAME = 64

type Tool = Pick<Tools, 'storage' | 'presences' | 'now' | 'log'>

interface Question {
  readonly caps: Caps
  /** Who announced it and was not asked yet. */
  readonly candidates: Set<Jid>
  /** How often somebody's devices were asked. */
  readonly tries: Map<Jid, number>
  isAsking: boolean
}

/** What is known on one stream; it goes with it. */
interface Book {
  readonly announced: Map<Jid, Caps>
  readonly known: Map<string, Capability>
  readonly questions: Map<string, Question>
  asking: number
}

const books = new WeakMap<Link, Book>()

function bookOf(link: Link): Book {
  const book = books.get(link) ?? { announced: new Map(), known: new Map(), questions: new Map(), asking: 0 }
  books.set(link, book)
  return book
}

/**
 * A device announces its capabilities; without `caps` what it announced before still holds, for servers may leave repeated
 * ones out (§6.4). Returns what is known of the device by now; what is learnt later is told to the presences.
 */
export function learnCapabilities(tools: Tool, link: Link, from: Jid, caps: Caps | undefined): Abilities {
  const book = bookOf(link)
  const latest = caps ?? book.announced.get(from)
  if (latest === undefined || !isVerifiable(latest)) {
    book.announced.delete(from)
    return {}
  }
  if (book.announced.size >= MAX_ANNOUNCED && !book.announced.has(from)) return {}
  book.announced.set(from, latest)
  const known = recall(tools, book, latest)
  if (known === undefined) wonder(tools, link, from, latest)
  return known === undefined ? {} : abilitiesOf(known)
}

/** The device is gone; without a resource, all of the address's. */
export function forgetCapabilities(link: Link, from: Jid): void {
  const { announced } = bookOf(link)
  announced.delete(from)
  if (resourceOf(from) !== undefined) return
  for (const jid of announced.keys()) if (bareOf(jid) === from) announced.delete(jid)
}

/** Whether a device of this address is known to have the feature. */
export function anyDeviceHas(tools: Tool, link: Link, jid: BareJid, feature: string): boolean {
  const devices = tools.presences.resources(link.accountId, jid)
  return devices.some((device) => featuresOf(tools, link, `${jid}/${device}` as Jid)?.includes(feature))
}

/** What the device has proven to have; undefined where nothing is proven. */
export function featuresOf(tools: Tool, link: Link, from: Jid): readonly string[] | undefined {
  const book = bookOf(link)
  const caps = book.announced.get(from)
  return caps && recall(tools, book, caps)?.features
}

function recall(tools: Tool, { known }: Book, caps: Caps): Capability | undefined {
  const key = keyOf(caps)
  const capability = known.get(key) ?? withCache(tools, () => tools.storage.findCapability(caps, tools.now()))
  if (capability !== undefined) remember(known, key, capability)
  return capability
}

function remember(known: Map<string, Capability>, key: string, capability: Capability): void {
  known.set(key, capability)
  const [oldest] = known.keys()
  if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest)
}

function wonder(tools: Tool, link: Link, from: Jid, caps: Caps): void {
  const { questions } = bookOf(link)
  const key = keyOf(caps)
  const question = questions.get(key) ?? { caps, candidates: new Set(), tries: new Map(), isAsking: false }
  if (!questions.has(key) && questions.size >= MAX_QUESTIONS && !dropIdle(bookOf(link))) return
  questions.set(key, question)
  if (question.candidates.size < MAX_CANDIDATES) question.candidates.add(from)
  askOn(tools, link)
}

/** Makes room among questions that nobody is left to answer; false when there are none. */
function dropIdle(book: Book): boolean {
  const idle = [...book.questions].filter(
    ([, each]) => !each.isAsking && nextCandidate(book, each) === undefined,
  )
  for (const [key] of idle) book.questions.delete(key)
  return idle.length > 0
}

/** Starts as many questions as may be under way. */
function askOn(tools: Tool, link: Link): void {
  const book = bookOf(link)
  if (link.closed) return
  for (const question of book.questions.values()) {
    if (book.asking >= MAX_ASKING) return
    const candidate = question.isAsking ? undefined : nextCandidate(book, question)
    if (candidate !== undefined) void ask(tools, link, question, candidate)
  }
}

/** Whoever still announces it; first those who gave no wrong answer yet. */
function nextCandidate({ announced }: Book, { caps, candidates, tries }: Question): Jid | undefined {
  const total = [...tries.values()].reduce((sum, count) => sum + count, 0)
  if (total >= MAX_TRIES) return undefined
  const triesOf = (jid: Jid): number => tries.get(bareOf(jid)) ?? 0
  return [...candidates]
    .filter((jid) => isSame(announced.get(jid), caps) && triesOf(jid) < MAX_TRIES_EACH)
    .reduce<Jid | undefined>(
      (best, jid) => (best === undefined || triesOf(jid) < triesOf(best) ? jid : best),
      undefined,
    )
}

async function ask(tools: Tool, link: Link, question: Question, jid: Jid): Promise<void> {
  const book = bookOf(link)
  const { caps, candidates, tries } = question
  question.isAsking = true
  book.asking += 1
  candidates.delete(jid)
  tries.set(bareOf(jid), (tries.get(bareOf(jid)) ?? 0) + 1)
  const info = await fetchVerifiedInfo(link.iq, jid, caps).catch(() => undefined)
  question.isAsking = false
  book.asking -= 1
  if (link.closed) return
  if (info === undefined) tools.log('domain/capabilities', 'info', 'capabilities not proven', { jid })
  else keep(tools, link, caps, info)
  askOn(tools, link)
}

/** It is proven: kept, and told of everyone who announced it. */
function keep(tools: Tool, link: Link, caps: Caps, { identities, features }: Capability): void {
  const book = bookOf(link)
  const capability = { identities, features }
  book.questions.delete(keyOf(caps))
  remember(book.known, keyOf(caps), capability)
  withCache(tools, () => tools.storage.putCapability(caps, capability, tools.now()))
  const abilities = abilitiesOf(capability)
  for (const [jid, announced] of book.announced) {
    if (!isSame(announced, caps)) continue
    tools.presences.setAbilities(link.accountId, bareOf(jid), resourceOf(jid) ?? '', abilities)
  }
}

/** A database that fails costs the memory of this, and neither the stanza nor the stream. */
function withCache<T>({ log }: Tool, body: () => T): T | undefined {
  try {
    return body()
  } catch (error) {
    log('domain/capabilities', 'warn', 'the cache failed', { error })
    return undefined
  }
}

function abilitiesOf({ identities, features }: Capability): Abilities {
  const identity = identities.find(({ category }) => category === 'client')
  const name = clip(identity?.name ?? '', MAX_NAME)
  return {
    ...(identity === undefined ? {} : { client: { name, type: clip(identity.type, MAX_NAME) } }),
    ...(features.includes(NS_COMMANDS) ? { offersCommands: true } : {}),
  }
}

function isSame(one: Caps | undefined, other: Caps): boolean {
  return one?.hash === other.hash && one.ver === other.ver
}

/** No name of a hash has a space. */
function keyOf({ hash, ver }: Caps): string {
  return `${hash} ${ver}`
}
