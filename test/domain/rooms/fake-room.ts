/** A room for the stage: what it sends is written out here as real rooms do, one stanza a line. */
import type { Room } from '../../../src-main/model/room.ts'
import { parseJid, type BareJid } from '../../../src-main/model/jid.ts'
import type { Element } from '../../../src-main/protocol/xml.ts'
import { escape } from '../../helpers/stanza.ts'
import type { FakeStream } from '../../helpers/fake-stream.ts'
import { jid, result, ROMEO, settle, startOnline, type Stage } from '../stage.ts'

export const ROOM = jid('garden@rooms.example')
const USER = 'http://jabber.org/protocol/muc#user'
const INFO = 'http://jabber.org/protocol/disco#info'

export const PLAIN = ['http://jabber.org/protocol/muc']
export const WITH_IDS = [...PLAIN, 'urn:xmpp:occupant-id:0', 'urn:xmpp:sid:0']
export const FULL = [...WITH_IDS, 'urn:xmpp:mam:2']

export interface Told {
  readonly role?: string
  readonly affiliation?: string
  readonly id?: string
  readonly jid?: string
  readonly codes?: readonly number[]
  readonly type?: 'unavailable'
  /** Inside the item. */
  readonly item?: string
  /** Of the item. */
  readonly nick?: string
  /** Beside it in the `<x/>`. */
  readonly x?: string
  readonly more?: string
}

export function occupant(nick: string, told: Told = {}): string {
  const {
    role = 'participant',
    affiliation = 'none',
    id,
    codes = [],
    type,
    item = '',
    x = '',
    more = '',
  } = told
  const real = told.jid === undefined ? '' : ` jid='${told.jid}'`
  const renamed = told.nick === undefined ? '' : ` nick='${escape(told.nick)}'`
  return `<presence from='${ROOM}/${escape(nick)}' to='${ROMEO}/orchard' ${type === undefined ? '' : `type='${type}'`}>
    <x xmlns='${USER}'><item role='${role}' affiliation='${affiliation}'${real}${renamed}>${item}</item>${x}
    ${codes.map((code) => `<status code='${code}'/>`).join('')}</x>${occupantId(id)}${more}</presence>`
}

function occupantId(id: string | undefined): string {
  return id === undefined ? '' : `<occupant-id xmlns='urn:xmpp:occupant-id:0' id='${escape(id)}'/>`
}

export interface Said {
  readonly id?: string
  /** By the room. */
  readonly stanzaId?: string
  readonly occupantId?: string
  readonly more?: string
}

export function said(
  nick: string,
  body: string,
  { id = body, stanzaId, occupantId: who, more = '' }: Said = {},
): string {
  const sid =
    stanzaId === undefined ? '' : `<stanza-id xmlns='urn:xmpp:sid:0' by='${ROOM}' id='${stanzaId}'/>`
  return `<message xmlns='jabber:client' from='${ROOM}/${escape(nick)}' to='${ROMEO}/orchard' type='groupchat' id='${escape(id)}'><body>${escape(body)}</body>${sid}${occupantId(who)}${more}</message>`
}

export function subject(text: string, nick = 'juliet'): string {
  return `<message xmlns='jabber:client' from='${ROOM}/${nick}' to='${ROMEO}/orchard' type='groupchat'><subject>${escape(text)}</subject></message>`
}

/** Our own words as the room gives them back. */
export function reflected(
  sent: Element,
  more: Pick<Said, 'stanzaId' | 'occupantId'> & { nick?: string } = {},
): string {
  const { nick = 'romeo', stanzaId, occupantId: who } = more
  const sid =
    stanzaId === undefined ? '' : `<stanza-id xmlns='urn:xmpp:sid:0' by='${ROOM}' id='${stanzaId}'/>`
  const inside = sent.children.map(String).join('')
  return `<message xmlns='jabber:client' from='${ROOM}/${nick}' to='${ROMEO}/orchard' type='groupchat' id='${escape(String(sent.attrs['id']))}'>${inside}${sid}${occupantId(who)}</message>`
}

/** Answers what is asked of the room about itself. */
export async function answerInfo(
  stream: FakeStream,
  features: readonly string[] = PLAIN,
  name = 'Garden',
): Promise<readonly Element[]> {
  const sent = stream.sent()
  for (const request of sent.filter((each) => isInfoOf(each, ROOM))) {
    stream.receive(
      result(
        request,
        `<query xmlns='${INFO}'><identity category='conference' type='text' name='${escape(name)}'/>${features.map((feature) => `<feature var='${feature}'/>`).join('')}</query>`,
      ).replace('<iq ', `<iq from='${ROOM}' `),
    )
  }
  await settle()
  return [...sent, ...stream.sent()]
}

function isInfoOf(element: Element, to: BareJid): boolean {
  return element.is('iq') && element.attrs['to'] === to && element.getChild('query', INFO) !== undefined
}

export function joinOf(sent: readonly Element[]): Element {
  const join = sent.find(
    (each) => each.is('presence') && each.getChild('x', 'http://jabber.org/protocol/muc') !== undefined,
  )
  if (join === undefined) throw new Error(`nobody wanted to come in: ${sent.join('\n')}`)
  return join
}

export function refusal(condition: string, text = '', type = 'auth'): string {
  return `<presence from='${ROOM}/romeo' to='${ROMEO}/orchard' type='error'><x xmlns='http://jabber.org/protocol/muc'/>
    <error by='${ROOM}' type='${type}'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>${text}</${condition}></error></presence>`
}

export interface Inside {
  readonly stream: FakeStream
  readonly conversationId: number
}

/** Online and in the room as romeo, with juliet; what was sent so far is read away. */
export async function enter(
  stage: Stage,
  features: readonly string[] = WITH_IDS,
  ownId = 'me',
): Promise<Inside> {
  const stream = await startOnline(stage)
  const { id } = await stage.app.joinRoom({ accountId: 1, jid: ROOM, nick: 'romeo', autojoin: false })
  await settle()
  await answerInfo(stream, features)
  stream.receive(occupant('juliet', { id: 'her', affiliation: 'owner', role: 'moderator' }))
  stream.receive(occupant('romeo', { id: ownId, codes: [110] }))
  stream.receive(subject('Roses'))
  await settle(200)
  stream.sent()
  return { stream, conversationId: id }
}

export function room(stage: Stage): Room {
  const [found] = stage.app.state().rooms
  if (found === undefined) throw new Error('no room')
  return found
}

export function occupantAddress(nick: string): NonNullable<ReturnType<typeof parseJid>> {
  const address = parseJid(`${ROOM}/${nick}`)
  if (address === undefined) throw new Error('no address')
  return address
}
