/**
 * Rooms that offer what Prosody's do not, on a component: slow mode (XEP-0500), activity (XEP-0502), moderation (XEP-0425) and
 * requests to belong (XEP-0045 §9.9). Juliet, their owner, is in each; who else comes in is heard by all. Nothing is kept.
 */
import type { Element } from '@xmpp/xml'
import { connectComponent, type ComponentOptions } from './component.ts'
import { escape } from './stanza.ts'

export interface ScriptedRoom {
  readonly name: string
  /** Beside what every room has. */
  readonly features?: readonly string[]
  /** Of the form muc#roominfo. */
  readonly info?: Readonly<Record<string, string>>
  /** Of whoever comes in. */
  readonly affiliation?: 'none' | 'admin'
  readonly subject?: string
}

export interface ScriptedRooms {
  readonly received: readonly Element[]
  /** The first stanza that fits, of those that came or the next to come. */
  waitFor(fits: (stanza: Element) => boolean): Promise<Element>
  /** To all who came into it; `from` is a nick, or undefined: the room itself. Returns the room's id of it. */
  say(room: string, from: string | undefined, inside: string): string
  /** As `say` by the room itself: a moderator has taken back what has this id of the room. */
  moderate(room: string, id: string, by: string, reason: string): void
  /** To all who came into it, one by one: no message of the room. */
  tell(room: string, inside: string): void
  send(stanza: string): void
  /** The id that a room gave last. */
  lastId(): string
  close(): void
}

const WAIT_MS = 20_000
const INFO = 'http://jabber.org/protocol/disco#info'
const MUC = 'http://jabber.org/protocol/muc'
const MODERATE = 'urn:xmpp:message-moderate:1'
const RETRACT = 'urn:xmpp:message-retract:1'
const FEATURES = [INFO, MUC, `${MUC}#stable_id`, 'urn:xmpp:sid:0', 'muc_open', 'muc_public', 'muc_unsecured']

interface State {
  /** Addresses by nick, Juliet not among them. */
  readonly inside: Map<string, string>
}

/** `rooms` by the local part of their addresses. */
export async function startScriptedRooms(
  options: ComponentOptions,
  rooms: Readonly<Record<string, ScriptedRoom>>,
): Promise<ScriptedRooms> {
  const received: Element[] = []
  const waiting = new Set<(stanza: Element) => void>()
  const states = new Map<string, State>(Object.keys(rooms).map((room) => [room, { inside: new Map() }]))
  let count = 0

  const say: ScriptedRooms['say'] = (room, from, inside) => {
    const at = `${room}@${options.jid}`
    const id = `of-the-room-${(count += 1)}`
    const mark = `<stanza-id xmlns='urn:xmpp:sid:0' id='${id}' by='${at}'/>`
    for (const to of states.get(room)?.inside.values() ?? []) {
      const source = from === undefined ? at : `${at}/${from}`
      component.send(
        `<message type='groupchat' from='${source}' to='${to}' id='${id}'>${inside}${mark}</message>`,
      )
    }
    return id
  }

  const tell: ScriptedRooms['tell'] = (room, inside) => {
    const from = `${room}@${options.jid}`
    for (const to of states.get(room)?.inside.values() ?? []) {
      component.send(`<message from='${from}' to='${to}' id='told-${(count += 1)}'>${inside}</message>`)
    }
  }

  const moderate: ScriptedRooms['moderate'] = (room, id, by, reason) => {
    const moderated = `<moderated xmlns='${MODERATE}' by='${room}@${options.jid}/${by}'/>`
    say(
      room,
      undefined,
      `<retract xmlns='${RETRACT}' id='${id}'>${moderated}<reason>${escape(reason)}</reason></retract>`,
    )
  }

  const component = await connectComponent(options, (stanza) => {
    received.push(stanza)
    for (const look of [...waiting]) look(stanza)
    const [room = ''] = String(stanza.attrs['to']).split('@')
    const [script, state] = [rooms[room], states.get(room)]
    if (script === undefined || state === undefined) return
    if (stanza.is('presence')) component.send(enter(stanza, script, state))
    else if (stanza.is('iq'))
      component.send(answer(stanza, script, (...what) => moderate(room, ...what), state))
    else reflect(stanza, state, (nick, inside) => say(room, nick, inside))
  })

  return {
    received,
    ...{ say, tell, moderate, lastId: () => `of-the-room-${count}` },
    send: (stanza) => component.send(stanza),
    close: () => component.close(),
    waitFor: (fits) =>
      new Promise((resolve, reject) => {
        const known = received.find(fits)
        if (known !== undefined) return resolve(known)
        const timer = setTimeout(
          () => reject(new Error(`the rooms got only\n${received.join('\n')}`)),
          WAIT_MS,
        )
        const look = (stanza: Element): void => {
          if (!fits(stanza)) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(stanza)
        }
        waiting.add(look)
      }),
  }
}

/** Who comes in is told of Juliet, of themselves and of the subject; who leaves, that they left. */
function enter(
  presence: Element,
  { affiliation = 'none', subject = '' }: ScriptedRoom,
  state: State,
): string {
  const { from = '', to = '', type } = presence.attrs as Record<string, string | undefined>
  const [at = '', nick = ''] = to.split('/')
  const role = affiliation === 'admin' ? 'moderator' : 'participant'
  const told = (who: string, item: string, more = ''): string =>
    `<presence from='${at}/${who}' to='${from}'${more}><x xmlns='${MUC}#user'>${item}</x></presence>`
  if (type !== undefined) {
    state.inside.delete(nick)
    return told(nick, "<item affiliation='none' role='none'/><status code='110'/>", " type='unavailable'")
  }
  state.inside.set(nick, from)
  return (
    told('Juliet', "<item affiliation='owner' role='moderator'/>") +
    told(nick, `<item affiliation='${affiliation}' role='${role}'/><status code='110'/>`) +
    `<message type='groupchat' from='${at}/Juliet' to='${from}'><subject>${escape(subject)}</subject></message>`
  )
}

function answer(
  iq: Element,
  script: ScriptedRoom,
  moderate: (id: string, by: string, reason: string) => void,
  state: State,
): string {
  const { from = '', to, id, type } = iq.attrs as Record<string, string | undefined>
  const wish = iq.getChild('moderate', MODERATE)
  if (type !== 'get' && type !== 'set') return ''
  if (wish !== undefined) {
    moderate(String(wish.attrs['id']), nickOf(state, from) ?? '', wish.getChildText('reason') ?? '')
  }
  const isQuestion = iq.getChild('query', INFO) !== undefined
  const refusal = `<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`
  const isServed = isQuestion || wish !== undefined
  const payload = isQuestion ? describe(script) : isServed ? '' : refusal
  return `<iq type='${isServed ? 'result' : 'error'}' from='${to}' to='${from}' id='${id}'>${payload}</iq>`
}

function nickOf({ inside }: State, address: string): string | undefined {
  return [...inside].find(([, each]) => each === address)?.[0]
}

function describe({ name, features = [], info = {} }: ScriptedRoom): string {
  const field = (key: string, value: string): string =>
    `<field var='${key}'><value>${escape(value)}</value></field>`
  const fields = Object.entries(info).map(([key, value]) => field(key, value))
  const form = `<x xmlns='jabber:x:data' type='result'>${field('FORM_TYPE', `${MUC}#roominfo`)}${fields.join('')}</x>`
  const vars = [...FEATURES, ...features].map((each) => `<feature var='${each}'/>`).join('')
  const identity = `<identity category='conference' type='text' name='${escape(name)}'/>`
  return `<query xmlns='${INFO}'>${identity}${vars}${form}</query>`
}

/** What is said to all comes back to all, with the id that its author gave it. */
function reflect(message: Element, state: State, say: (nick: string, inside: string) => void): void {
  const { from, type, id } = message.attrs as Record<string, string>
  const nick = nickOf(state, String(from))
  const body = message.getChildText('body')
  if (type !== 'groupchat' || nick === undefined || body === null) return
  say(nick, `<body>${escape(body)}</body><origin-id xmlns='urn:xmpp:sid:0' id='${escape(String(id))}'/>`)
}
