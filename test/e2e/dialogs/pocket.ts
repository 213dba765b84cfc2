/** A contact's phone that offers a command, as its capabilities prove (XEP-0115). */
import element from '@xmpp/xml'
import { createHash } from 'node:crypto'
import type { Peer } from '../../helpers/peer.ts'

const COMMANDS = 'http://jabber.org/protocol/commands'
const INFO = 'http://jabber.org/protocol/disco#info'
const CAPS = 'http://jabber.org/protocol/caps'

/** Resolves once somebody has asked what it can do. */
export async function showPocket(peer: Peer): Promise<void> {
  peer.onRequest((iq) => {
    const query = iq.getChild('query', INFO)
    if (query === undefined) return undefined
    const identity = element('identity', { category: 'client', type: 'phone', name: 'Pocket' })
    const info = element('query', { xmlns: INFO, node: query.attrs['node'] as string }, identity)
    info.append(element('feature', { var: COMMANDS }))
    return element('iq', { type: 'result', id: iq.attrs.id, to: iq.attrs.from }, info)
  })
  const node = 'https://pocket.example'
  const ver = createHash('sha1').update(`client/phone//Pocket<${COMMANDS}<`).digest('base64')
  peer.send(element('presence', {}, element('c', { xmlns: CAPS, hash: 'sha-1', node, ver })))
  await peer.waitFor((stanza) => stanza.getChild('query', INFO)?.attrs['node'] === `${node}#${ver}`)
}
