/**
 * A room that is always full, as an external component (XEP-0114) of a private Prosody: who comes in is told of each
 * occupant, then of itself and the subject. It keeps nothing, and answers only what is asked on the way in.
 */
import element, { type Element } from '@xmpp/xml'
import { componentConfig, connectComponent } from '../helpers/component.ts'
import { freePorts } from '../helpers/free-ports.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'

const USER = 'http://jabber.org/protocol/muc#user'
const FEATURES = [
  'http://jabber.org/protocol/disco#info',
  'http://jabber.org/protocol/muc',
  'muc_open',
  'muc_persistent',
  'muc_public',
  'muc_semianonymous',
  'muc_unmoderated',
  'muc_unsecured',
  'urn:xmpp:occupant-id:0',
]

export interface CrowdedServer extends Prosody {
  readonly room: string
}

export async function startCrowdedRoom(occupants: number): Promise<CrowdedServer> {
  const [port = 0] = await freePorts(1)
  const options = { port, jid: 'crowd.chat.test', secret: 'crowd' }
  const server = await startProsody(componentConfig(options))
  const room = `square@${options.jid}`
  const component = await connectComponent(options, (stanza) => {
    for (const text of answersTo(stanza, room, occupants)) component.send(text)
  })
  return {
    ...server,
    room,
    async dispose() {
      component.close()
      await server.dispose()
    },
  }
}

function answersTo(stanza: Element, room: string, occupants: number): Iterable<string> {
  const { from, to, id, type } = stanza.attrs as Record<string, string | undefined>
  if (stanza.is('presence') && type === undefined && to?.startsWith(`${room}/`) === true) {
    return welcome(room, to, from ?? '', occupants)
  }
  if (!stanza.is('iq') || (type !== 'get' && type !== 'set')) return []
  const asked = stanza.getChildElements()[0]
  const isAboutRoom = asked?.getNS() === FEATURES[0] && to === room
  const answer = element('iq', { type: 'result', id, to: from, from: to }, description())
  return [isAboutRoom ? answer.toString() : refusal(id, from, to)]
}

function description(): Element {
  return element(
    'query',
    { xmlns: FEATURES[0] },
    element('identity', { category: 'conference', type: 'text', name: 'The square' }),
    ...FEATURES.map((name) => element('feature', { var: name })),
  )
}

function refusal(id: string | undefined, to: string | undefined, from: string | undefined): string {
  const condition = element('service-unavailable', { xmlns: 'urn:ietf:params:xml:ns:xmpp-stanzas' })
  return element(
    'iq',
    { type: 'error', id, to, from },
    element('error', { type: 'cancel' }, condition),
  ).toString()
}

/** In pieces, so that the server may hand on the first while it reads the rest. */
function* welcome(room: string, own: string, to: string, occupants: number): Generator<string> {
  for (let index = 0; index < occupants; index += 1) yield occupantOf(room, index, to)
  const item = "<item affiliation='none' role='participant'/><status code='110'/>"
  yield `<presence from='${own}' to='${to}'><x xmlns='${USER}'>${item}</x></presence>`
  yield `<message type='groupchat' from='${room}' to='${to}'><subject>A fight</subject></message>`
}

function occupantOf(room: string, index: number, to: string): string {
  const affiliation = index < 5 ? 'owner' : index % 20 === 0 ? 'member' : 'none'
  const show = index % 3 === 0 ? '<show>away</show>' : ''
  return (
    `<presence from='${room}/occupant ${index}' to='${to}'>${show}` +
    `<x xmlns='${USER}'><item affiliation='${affiliation}' role='participant'/></x>` +
    `<occupant-id xmlns='urn:xmpp:occupant-id:0' id='0123456789abcdef-${index}'/>` +
    "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='https://other.example' ver='QgayPKawpkPSDYmwT/WM94uAlu0='/>" +
    '</presence>'
  )
}
