/** Rooms with other clients in them, for end-to-end tests: made, entered and spoken in as any client does. */
import { parseStanza } from '../helpers/stanza.ts'
import type { Peer } from '../helpers/peer.ts'

export const MUC = 'http://jabber.org/protocol/muc'

export interface RoomScene {
  at(name: string): string
  enter(peer: Peer, room: string, nick: string, more?: string): Promise<void>
  say(peer: Peer, room: string, body: string, more?: string): void
  /** Made and set up; resolves once it is open to others. */
  make(owner: Peer, room: string, nick: string, config: Readonly<Record<string, string>>): Promise<void>
}

export function createRoomScene(service: string): RoomScene {
  const at = (name: string): string => `${name}@${service}`
  const enter: RoomScene['enter'] = async (peer, room, nick, more = '') => {
    peer.send(`<presence to='${at(room)}/${nick}'><x xmlns='${MUC}'/>${more}</presence>`)
    await peer.waitFor((one) => one.is('presence') && one.attrs.from === `${at(room)}/${nick}`)
  }
  return {
    at,
    enter,
    say(peer, room, body, more = '') {
      const id = `said-${Math.random()}`
      peer.send(`<message to='${at(room)}' type='groupchat' id='${id}'><body>${body}</body>${more}</message>`)
    },
    async make(owner, room, nick, config) {
      await enter(owner, room, nick)
      const fields = Object.entries(config).map(
        ([name, value]) => `<field var='muc#roomconfig_${name}'><value>${value}</value></field>`,
      )
      const form = `<field var='FORM_TYPE'><value>${MUC}#roomconfig</value></field>${fields.join('')}`
      const query = `<query xmlns='${MUC}#owner'><x xmlns='jabber:x:data' type='submit'>${form}</x></query>`
      await owner.request('set', parseStanza(query), at(room))
    },
  }
}
