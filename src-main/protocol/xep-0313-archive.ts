/** XEP-0313: Message Archive Management, version 1.1.3. https://xmpp.org/extensions/xep-0313.html */
import type { BareJid, Jid } from '../model/jid.ts'
import { bareOf, parseJid } from '../model/jid.ts'
import type { FieldAnswer } from '../model/form.ts'
import type { Iq } from './iq.ts'
import { parseMessage, type ParsedMessage } from './message.ts'
import { rejected, type Rejected } from './rejected.ts'
import { attribute, idOf, present } from './stanza.ts'
import { buildSubmit, parseForm } from './xep-0004-data-forms.ts'
import {
  buildPageRequest,
  parsePageBounds,
  type PageBounds,
  type PageRequest,
} from './xep-0059-result-sets.ts'
import { buildDateTime, parseDateTime } from './xep-0082-date-times.ts'
import { parseForwarded } from './xep-0297-forwarding.ts'
import { xml, type Element } from './xml.ts'

/** Announced by archives, not by clients. */
export const NS = 'urn:xmpp:mam:2'
/** With it an archive takes `afterId`, `beforeId`, `ids` and `flip`, and knows its metadata (§4.1, §5). */
export const NS_EXTENDED = `${NS}#extended`

/** A server that sends more than this to one query was not asked for it. */
const MAX_RESULTS = 2000
/** A page may take long on a slow line. */
const PAGE_TIMEOUT_MS = 120_000

export interface ArchiveQuery {
  /** Whose archive; undefined: our own account's. */
  readonly archive?: BareJid | undefined
  readonly page: PageRequest
  readonly with?: Jid | undefined
  /** Epoch milliseconds, both included. */
  readonly startMs?: number | undefined
  readonly endMs?: number | undefined
  /** These four only of an extended archive. */
  readonly afterId?: string | undefined
  readonly beforeId?: string | undefined
  readonly ids?: readonly string[] | undefined
  /** Only what has these words, in whatever way the archive looks for them; the field as fetchWordsField gives it. */
  readonly words?: { readonly field: string; readonly text: string } | undefined
  /** Newest first on the wire; which messages they are stays the same. */
  readonly flip?: boolean | undefined
}

export interface ArchiveResult {
  /** The id that the archive knows it by. */
  readonly id: string
  /** Epoch milliseconds: when the archive took it in, by the server's clock. */
  readonly stampMs?: number
  /** Of a room's archive only what was said in that room: it knows nothing else (attack S2). */
  readonly message: ParsedMessage | Rejected
}

export interface ArchivePage extends PageBounds {
  /** In the archive's order, however they were sent. */
  readonly results: readonly ArchiveResult[]
  /** Nothing lies beyond this page in the direction that was asked for. */
  readonly complete: boolean
  /** The server may yet change its mind about what it said (§4.3.2). */
  readonly unstable?: true
}

export interface Archives {
  /** One page. Rejects as Iq.request does, and when the answer is none. */
  query(query: ArchiveQuery): Promise<ArchivePage>
  /** True for a message that carries a result, wanted or not: it is then dealt with. */
  receive(element: Element): boolean
}

export interface ArchivesOptions {
  readonly iq: Iq
  readonly ownBareJid: BareJid
  /** A fresh id that nobody can guess. */
  readonly newId: () => string
  /** A result came that belongs to no running query of that archive (attack S2). */
  readonly onForged: (from: string) => void
}

interface Running {
  readonly archive: BareJid
  readonly results: ArchiveResult[]
}

export function createArchives({ iq, ownBareJid, newId, onForged }: ArchivesOptions): Archives {
  const running = new Map<string, Running>()

  return {
    async query(query) {
      const queryId = newId()
      const { archive = ownBareJid } = query
      const mine: Running = { archive, results: [] }
      running.set(queryId, mine)
      const to = archive === ownBareJid ? undefined : archive
      const payload = buildQuery(queryId, query)
      // Whatever comes after the end of the answer comes unasked.
      const onSettled = (): void => void running.delete(queryId)
      const answer = await iq.request({ type: 'set', to, payload, timeoutMs: PAGE_TIMEOUT_MS, onSettled })
      return toPage(answer, mine.results, query.flip === true)
    },
    receive(element) {
      const result = element.getChild('result', NS)
      if (result === undefined) return false
      const mine = running.get(attribute(result, 'queryid') ?? '')
      const from = attribute(element, 'from')
      if (mine === undefined || archiveOf(from, ownBareJid) !== mine.archive) onForged(from ?? '')
      else if (mine.results.length <= MAX_RESULTS)
        mine.results.push(...parseResult(result, ownBareJid, mine.archive))
      return true
    },
  }
}

/** §8: only the archive itself speaks for it; what has no `from` is our own account's. */
function archiveOf(from: string | undefined, ownBareJid: BareJid): Jid | undefined {
  return from === undefined ? ownBareJid : parseJid(from)
}

function parseResult(result: Element, ownBareJid: BareJid, archive: BareJid): ArchiveResult[] {
  const id = idOf(result)
  const forwarded = parseForwarded(result)
  // §2.2: what was taken out of the archive has no message.
  if (id === undefined || forwarded === undefined) return []
  const parsed = parseMessage(forwarded.message, { ownBareJid })
  const isForeign = parsed.kind === 'message' && archive !== ownBareJid && bareOf(parsed.from) !== archive
  const message = isForeign ? rejected('what a room did not hear') : parsed
  return [{ id, message, ...present('stampMs', forwarded.stampMs) }]
}

function toPage(answer: Element, results: readonly ArchiveResult[], flipped: boolean): ArchivePage {
  const fin = answer.getChild('fin', NS)
  if (fin === undefined) throw new Error('an archive that does not say how its answer ended')
  if (results.length > MAX_RESULTS) throw new Error('an archive that sent more than it was asked for')
  return {
    ...parsePageBounds(fin),
    results: flipped ? [...results].reverse() : results,
    complete: attribute(fin, 'complete') === 'true',
    ...(attribute(fin, 'stable') === 'false' ? { unstable: true } : {}),
  }
}

export function buildQuery(queryId: string, query: ArchiveQuery): Element {
  const fields = buildFields(query)
  return xml(
    'query',
    { xmlns: NS, queryid: queryId },
    ...(fields.length === 0 ? [] : [buildSubmit([formType, ...fields])]),
    buildPageRequest(query.page),
    ...(query.flip === true ? [xml('flip-page')] : []),
  )
}

const formType: FieldAnswer = { name: 'FORM_TYPE', type: 'hidden', values: [NS] }

function buildFields(query: ArchiveQuery): FieldAnswer[] {
  const { startMs, endMs, ids } = query
  const text = (name: string, value: string | undefined): FieldAnswer[] =>
    value === undefined ? [] : [{ name, type: 'text-single', values: [value] }]
  return [
    ...(query.with === undefined
      ? []
      : [{ name: 'with', type: 'jid-single', values: [query.with] } as const]),
    ...text('start', startMs === undefined ? undefined : buildDateTime(startMs)),
    ...text('end', endMs === undefined ? undefined : buildDateTime(endMs)),
    ...text('after-id', query.afterId),
    ...text('before-id', query.beforeId),
    ...(query.words === undefined ? [] : text(query.words.field, query.words.text)),
    ...(ids === undefined ? [] : [{ name: 'ids', type: 'list-multi', values: ids } as const]),
  ]
}

/** Fields by which an archive is searched, the better one first: that of XEP-0431, and what ejabberd calls it. */
const WORDS_FIELDS = ['{urn:xmpp:fulltext:0}fulltext', 'withtext']

/** §4.1.1: the field of the form by which our own archive is searched for words; undefined: it can't be. Rejects as Iq.request does. */
export async function fetchWordsField(iq: Iq): Promise<string | undefined> {
  const answer = await iq.request({ type: 'get', to: undefined, payload: xml('query', { xmlns: NS }) })
  const query = answer.getChild('query', NS)
  const fields = (query && parseForm(query))?.fields ?? []
  return WORDS_FIELDS.find((name) => fields.some((field) => field.name === name))
}

/** One end of an archive. */
export interface ArchiveEnd {
  readonly id: string
  readonly stampMs: number
}

/** §5: both absent when the archive is empty. */
export interface ArchiveMetadata {
  readonly start?: ArchiveEnd
  readonly end?: ArchiveEnd
}

/** Of an extended archive: our own, or a room's. Rejects as Iq.request does. */
export async function fetchArchiveMetadata(iq: Iq, archive?: BareJid): Promise<ArchiveMetadata> {
  const answer = await iq.request({ type: 'get', to: archive, payload: xml('metadata', { xmlns: NS }) })
  return parseArchiveMetadata(answer)
}

export function parseArchiveMetadata(answer: Element): ArchiveMetadata {
  const metadata = answer.getChild('metadata', NS)
  const end = (name: string): ArchiveEnd | undefined => {
    const element = metadata?.getChild(name, NS)
    const id = element && idOf(element)
    const stampMs = element && parseDateTime(attribute(element, 'timestamp') ?? '')
    return id === undefined || stampMs === undefined ? undefined : { id, stampMs }
  }
  return { ...present('start', end('start')), ...present('end', end('end')) }
}
