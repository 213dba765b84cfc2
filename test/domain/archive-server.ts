/** A server's archive for the stage: answers queries as XEP-0313 says, in pages as large as it likes. */
import type { BareJid } from '../../src-main/model/jid.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import { NS } from '../../src-main/protocol/xep-0313-archive.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { escape } from '../helpers/stanza.ts'
import { isRosterGet, result, settle } from './stage.ts'

export interface Archived {
  readonly id: string
  readonly stampMs: number
  /** The whole message, as it was sent or delivered. */
  readonly stanza: string
}

export interface ArchiveServer {
  readonly messages: Archived[]
  /** Largest page it gives. */
  pageSize: number
  /** Ids that it no longer knows. */
  readonly forgotten: Set<string>
  readonly queries: Element[]
  /** The field by which it can be searched, if it can. */
  wordsField: string | undefined
  /** Called when an answer is made up and not on its way yet: what is said then is not in it and comes before it. */
  crossing: () => void
  /** What else was sent while it answered. */
  readonly beside: Element[]
  /** Answers roster, features and queries until nothing more is asked, or so many queries were. */
  serve(stream: FakeStream, most?: number): Promise<void>
}

const FEATURES = `<query xmlns='http://jabber.org/protocol/disco#info'><feature var='${NS}'/><feature var='urn:xmpp:sid:0'/></query>`

/** `room`: whose archive it is; else the account's. */
export function createArchiveServer(features = FEATURES, room?: BareJid): ArchiveServer {
  const server: ArchiveServer = {
    messages: [],
    pageSize: 50,
    forgotten: new Set(),
    queries: [],
    wordsField: undefined,
    crossing: () => undefined,
    beside: [],
    async serve(stream, most = Infinity) {
      for (let answered = 0; stream.state === 'open';) {
        await settle(600)
        const sent = stream.sent()
        server.beside.push(...sent.filter((element) => !element.is('iq')))
        const asked = sent.filter((element) => element.is('iq'))
        if (asked.length === 0) return
        for (const request of asked) {
          if (isRosterGet(request)) stream.receive(result(request, `<query xmlns='jabber:iq:roster'/>`))
          if (asksForForm(request)) {
            stream.receive(result(request, form(server.wordsField)))
            continue
          }
          if (isAccountInfo(request)) stream.receive(result(request, features))
          if (request.getChild('query', NS) === undefined || request.attrs['to'] !== room) continue
          if (answered >= most) return
          answered += 1
          server.queries.push(request)
          answer(server, stream, request)
        }
      }
    },
  }
  return server
}

function isAccountInfo(request: Element): boolean {
  const isInfo = request.getChild('query', 'http://jabber.org/protocol/disco#info') !== undefined
  return isInfo && [undefined, 'romeo@montague.example'].includes(request.attrs['to'] as string | undefined)
}

function answer(server: ArchiveServer, stream: FakeStream, request: Element): void {
  const query = request.getChild('query', NS)
  const set = query?.getChild('set', 'http://jabber.org/protocol/rsm')
  const [after, before] = ['after', 'before'].map((name) => set?.getChildText(name) ?? undefined)
  const words = fieldOf(query, server.wordsField ?? 'no field')
  const matching = server.messages.filter(
    (message) => matches(message, query) && (!words || message.stanza.includes(words)),
  )
  const missing = [after, before].find((id) => id !== undefined && id !== '' && !knows(server, matching, id))
  const from = fromOf(request)
  if (missing !== undefined) return refuse(stream, request, from)
  const size = Math.min(server.pageSize, Number(set?.getChildText('max')))
  const rest =
    after === undefined
      ? before === undefined || before === ''
        ? matching
        : matching.slice(0, indexOf(matching, before))
      : matching.slice(indexOf(matching, after) + 1)
  const page = before === undefined ? rest.slice(0, size) : rest.slice(-size)
  const answered = fin(page, page.length === rest.length)
  server.crossing()
  for (const message of page) stream.receive(wrap(message, String(query?.attrs['queryid']), from))
  stream.receive(result(request, answered).replace('<iq', `<iq${from}`))
}

/** A room answers as itself, our own account without a word. */
function fromOf({ attrs }: Element): string {
  return attrs['to'] === undefined ? '' : ` from='${String(attrs['to'])}'`
}

function knows(server: ArchiveServer, messages: readonly Archived[], id: string): boolean {
  return !server.forgotten.has(id) && indexOf(messages, id) >= 0
}

function indexOf(messages: readonly Archived[], id: string): number {
  return messages.findIndex((message) => message.id === id)
}

function matches({ stanza, stampMs }: Archived, query: Element | undefined): boolean {
  const field = (name: string): string | null | undefined => fieldOf(query, name)
  const [from, to, counterpart] = [field('start'), field('end'), field('with')]
  if (from && stampMs < Date.parse(from)) return false
  if (to && stampMs > Date.parse(to)) return false
  return !counterpart || stanza.includes(counterpart)
}

function fieldOf(query: Element | undefined, name: string): string | null | undefined {
  return query
    ?.getChild('x', 'jabber:x:data')
    ?.getChildren('field')
    .find((each) => each.attrs['var'] === name)
    ?.getChildText('value')
}

function asksForForm(request: Element): boolean {
  return request.attrs['type'] === 'get' && request.getChild('query', NS) !== undefined
}

function form(wordsField: string | undefined): string {
  const names = ['with', 'start', 'end', ...(wordsField === undefined ? [] : [wordsField])]
  const fields = names.map((name) => `<field type='text-single' var='${escape(name)}'/>`)
  return `<query xmlns='${NS}'><x xmlns='jabber:x:data' type='form'>${fields.join('')}</x></query>`
}

function wrap({ id, stampMs, stanza }: Archived, queryId: string, from: string): string {
  const stamp = new Date(stampMs).toISOString().replace(/\.\d+Z/, 'Z')
  return `<message${from} to='romeo@montague.example/orchard'><result xmlns='${NS}' queryid='${queryId}' id='${escape(id)}'>
    <forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='${stamp}'/>${stanza}</forwarded></result></message>`
}

function fin(page: readonly Archived[], complete: boolean): string {
  const set =
    page.length === 0
      ? ''
      : `<first>${escape(page[0]?.id ?? '')}</first><last>${escape(page.at(-1)?.id ?? '')}</last>`
  return `<fin xmlns='${NS}' ${complete ? "complete='true'" : ''}><set xmlns='http://jabber.org/protocol/rsm'>${set}</set></fin>`
}

function refuse(stream: FakeStream, request: Element, from: string): void {
  stream.receive(`<iq${from} type='error' id='${escape(String(request.attrs['id']))}'><error type='cancel'>
    <item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`)
}
