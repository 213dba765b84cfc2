/** A server with rooms, written as rules: which requests it answers, and how. */
import type { Element } from '../../../src-main/protocol/xml.ts'
import type { FakeStream } from '../../helpers/fake-stream.ts'
import { escape } from '../../helpers/stanza.ts'
import { jid, result, ROMEO, settle, type Stage } from '../stage.ts'

export const SERVICE = jid('chat.shakespeare.example')
export const COVEN = jid('coven@chat.shakespeare.example')
export const NS_MUC = 'http://jabber.org/protocol/muc'
export const NS_INFO = 'http://jabber.org/protocol/disco#info'
export const NS_ITEMS = 'http://jabber.org/protocol/disco#items'
export const NS_BOOKMARKS = 'urn:xmpp:bookmarks:1'
export const NS_PUBSUB = 'http://jabber.org/protocol/pubsub'
const NS_STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas'

/** What a request must have in it, and the payload or error of the answer, or all of what comes then. */
export type Rule = readonly [
  fits: string | ((request: Element) => boolean),
  answer: string | ((request: Element) => string | readonly string[]),
]

export function refusal(condition: string, type = 'cancel'): string {
  return `<error type='${type}'><${condition} xmlns='${NS_STANZAS}'/></error>`
}

/** Of an account that keeps private data, and bookmarks of all kinds the same. */
export const ACCOUNT: Rule = [
  (request) => request.attrs['to'] === ROMEO && String(request).includes(NS_INFO),
  `<query xmlns='${NS_INFO}'><identity category='pubsub' type='pep'/>
    <feature var='${NS_PUBSUB}#publish-options'/><feature var='${NS_BOOKMARKS}#compat'/>
    <feature var='${NS_BOOKMARKS}#compat-pep'/></query>`,
]

export const ROSTER: Rule = ['jabber:iq:roster', `<query xmlns='jabber:iq:roster'/>`]

export function bookmarks(items: string): Rule {
  return [
    `<items node="${NS_BOOKMARKS}"`,
    `<pubsub xmlns='${NS_PUBSUB}'><items node='${NS_BOOKMARKS}'>${items}</items></pubsub>`,
  ]
}

export function bookmark(room: string, attributes = '', content = ''): string {
  return `<item id='${room}'><conference xmlns='${NS_BOOKMARKS}' ${attributes}>${content}</conference></item>`
}

export function event(content: string, from: string = ROMEO): string {
  return `<message from='${escape(from)}' type='headline'><event xmlns='${NS_PUBSUB}#event'>
    <items node='${NS_BOOKMARKS}'>${content}</items></event></message>`
}

/** A room that tells what it is; `features` as in disco#info. */
export function roomInfo(room: string, features: readonly string[] = [], name = 'A Dark Cave'): Rule {
  const all = [NS_MUC, ...features].map((feature) => `<feature var='${feature}'/>`).join('')
  return [
    (request) => request.attrs['to'] === room && String(request).includes(`<query xmlns="${NS_INFO}"/>`),
    `<query xmlns='${NS_INFO}'><identity category='conference' type='text' name='${name}'/>${all}</query>`,
  ]
}

/** It lets us in under the nick that we want. */
export function door(room: string, item = `affiliation='none' role='participant'`, more = ''): Rule {
  return [
    (stanza) => stanza.is('presence') && String(stanza.attrs['to']).startsWith(`${room}/`) && stanza.attrs['type'] === undefined, // prettier-ignore
    (stanza) => [
      `<presence from='${escape(String(stanza.attrs['to']))}'><x xmlns='${NS_MUC}#user'>
        <item ${item}/><status code='110'/>${more}</x></presence>`,
      `<message type='groupchat' from='${room}'><subject/></message>`,
    ],
  ]
}

/** Everything else that a server is asked at the start has the shortest answer. */
const NOTHING: Rule = [() => true, refusal('feature-not-implemented')]

/** Answers by the first rule that fits until nothing more is asked. Presence is answered where a rule says so. */
export async function converse(stream: FakeStream, rules: readonly Rule[]): Promise<readonly Element[]> {
  const all: Element[] = []
  for (let sent = stream.sent(); sent.length > 0; sent = stream.sent()) {
    all.push(...sent)
    for (const stanza of sent) reply(stream, stanza, rules)
    await settle()
  }
  return all
}

function reply(stream: FakeStream, stanza: Element, rules: readonly Rule[]): void {
  const isRequest = stanza.is('iq') && ['get', 'set'].includes(String(stanza.attrs['type']))
  const fitting = rules.find(([fits]) =>
    typeof fits === 'string' ? isRequest && String(stanza).includes(fits) : fits(stanza),
  )
  const [, answer] = fitting ?? (isRequest ? NOTHING : [])
  if (answer === undefined) return
  const said = typeof answer === 'string' ? answer : answer(stanza)
  if (typeof said !== 'string') for (const each of said) stream.receive(each)
  else stream.receive(isRequest ? answerTo(stanza, said) : said)
}

function answerTo(request: Element, payload: string): string {
  const to: unknown = request.attrs['to']
  if (to === undefined && !payload.startsWith('<error')) return result(request, payload)
  const type = payload.startsWith('<error') ? 'error' : 'result'
  const from = typeof to === 'string' ? `from='${escape(to)}'` : ''
  return `<iq type='${type}' ${from} id='${escape(String(request.attrs['id']))}'>${payload}</iq>`
}

/** Online, with a server of these rules. What was sent is read away, and given back. */
export async function startWith(
  stage: Stage,
  rules: readonly Rule[],
): Promise<{ readonly stream: FakeStream; readonly sent: readonly Element[] }> {
  stage.app.start()
  await settle()
  const stream = stage.stream()
  return { stream, sent: await converse(stream, [...rules, ROSTER, ACCOUNT, bookmarks('')]) }
}

/** Waits for a verb while the server answers by these rules. */
export async function during<T>(stream: FakeStream, rules: readonly Rule[], verb: Promise<T>): Promise<T> {
  verb.catch(() => undefined)
  await settle()
  await converse(stream, [...rules, ROSTER, ACCOUNT])
  return verb
}
