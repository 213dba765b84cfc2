/**
 * What comes in on a stream, by kind. Nothing that others send gets out of here as an exception: a fault of ours is
 * logged and the stanza lost, which is better than a connection that breaks on it for ever.
 */
import type { Element } from '../protocol/xml.ts'
import { parseMessage } from '../protocol/message.ts'
import { parsePresence } from '../protocol/presence.ts'
import type { Rejected } from '../protocol/rejected.ts'
import { processIncoming } from './incoming/pipeline.ts'
import type { Link } from './link.ts'
import { receivePresence } from './presence.ts'
import { guardStorage } from './storage-guard.ts'
import type { Tools } from './tools.ts'

/** Runs to its end before the stanza counts as handled: what it stores is stored before the server is told. */
export function receive(tools: Tools, link: Link, element: Element): void {
  guardStorage(tools, link, () => dispatch(tools, link, element))
}

function dispatch(tools: Tools, link: Link, element: Element): void {
  const context = { ownBareJid: link.stream.ownBareJid }
  switch (element.getName()) {
    case 'message': {
      const parsed = parseMessage(element, context)
      return parsed.kind === 'rejected' ? logRejected(tools, parsed) : processIncoming(tools, link, parsed)
    }
    case 'presence': {
      if (link.leaving) return
      const parsed = parsePresence(element, context)
      return parsed.kind === 'rejected' ? logRejected(tools, parsed) : receivePresence(tools, link, parsed)
    }
    case 'iq':
      return void link.iq.receive(element)
    default:
      tools.log('domain/receive', 'warn', 'an element that is no stanza')
  }
}

function logRejected(tools: Tools, { reason }: Rejected): void {
  tools.log('domain/receive', 'warn', 'a stanza was rejected', { reason })
}
