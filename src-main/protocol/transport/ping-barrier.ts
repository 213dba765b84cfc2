/**
 * Acknowledgement where the server has no stream management: a server handles a client's stanzas in order
 * (RFC 6120 §10.1), so an answer to a ping (XEP-0199), even an error, means that all before it arrived.
 */
import { randomUUID } from 'node:crypto'
import type { BareJid } from '../../model/jid.ts'
import { buildPing } from '../xep-0199-ping.ts'
import { xml, type Element } from '../xml.ts'
import { isFromServer } from './resource-binding.ts'

export interface PingBarrier {
  countSent(messageId: string): void
  /** The ping to send now. */
  build(): Element
  /** The messages that this stanza acknowledges; undefined when it is no answer to a ping of ours. */
  match(stanza: Element): readonly string[] | undefined
}

export function createPingBarrier(ownJid: BareJid): PingBarrier {
  const pings: { id: string; messages: readonly string[] }[] = []
  let sent: string[] = []
  return {
    countSent(messageId) {
      sent.push(messageId)
    },
    build() {
      const id = randomUUID()
      pings.push({ id, messages: sent })
      sent = []
      return xml('iq', { type: 'get', id }, buildPing())
    },
    match(stanza) {
      const { id, type } = stanza.attrs as Readonly<Record<string, string | undefined>>
      if (!stanza.is('iq') || (type !== 'result' && type !== 'error')) return undefined
      const index = pings.findIndex((ping) => ping.id === id)
      if (index < 0 || !isFromServer(stanza, ownJid)) return undefined
      // One answer covers the pings before it as well.
      return pings.splice(0, index + 1).flatMap((ping) => ping.messages)
    },
  }
}
