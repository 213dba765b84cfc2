/**
 * What comes in on a stream, by kind. Nothing that others send gets out of here as an exception: a fault of ours is
 * logged and the stanza lost, which is better than a connection that breaks on it for ever.
 */
import type { Element } from '../protocol/xml.ts'
import { parseMessage } from '../protocol/message.ts'
import { parsePresence } from '../protocol/presence.ts'
import type { Rejected } from '../protocol/rejected.ts'
import { parseOwnEvent } from '../protocol/xep-0163-pep.ts'
import { parseCarbon } from '../protocol/xep-0280-carbons.ts'
import { carbonArrival } from './devices/carbons.ts'
import { receiveOwnEvent } from './devices/own-events.ts'
import { noteLate } from './archive/late-messages.ts'
import { noteHeard } from './archive/unsettled.ts'
import { liveArrival, type Arrival } from './incoming/arrival.ts'
import { processIncoming } from './incoming/pipeline.ts'
import { heldMsOf } from './incoming/sent-at.ts'
import type { Link } from './link.ts'
import { receivePersonalEvent } from './personal-events.ts'
import { receivePresence } from './presence.ts'
import { placeInRoom } from './rooms/arrival.ts'
import { receiveRoomPresence } from './rooms/occupants.ts'
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
      if (link.archives.receive(element)) return
      const event = parseOwnEvent(element, link.stream.ownBareJid)
      if (event?.kind === 'rejected')
        return receivePersonalEvent(tools, link, element) ? undefined : logRejected(tools, event)
      if (event !== undefined) return receiveOwnEvent(tools, link, event)
      const arrival = arrivalOf(tools, link, element)
      return 'kind' in arrival ? logRejected(tools, arrival) : receiveMessage(tools, link, arrival)
    }
    case 'presence': {
      if (link.leaving) return
      const parsed = parsePresence(element, context)
      if (parsed.kind === 'rejected') return logRejected(tools, parsed)
      return receiveRoomPresence(tools, link, parsed) ? undefined : receivePresence(tools, link, parsed)
    }
    case 'iq':
      return void link.iq.receive(element)
    default:
      tools.log('domain/receive', 'warn', 'an element that is no stanza')
  }
}

function receiveMessage(tools: Tools, link: Link, arrival: Arrival): void {
  const stored = processIncoming(tools, link, arrival)
  if (stored !== undefined) noteHeard(arrival.room?.kind === 'room' ? arrival.room.visit : link)
  if (stored !== undefined && heldMsOf(arrival, link, tools.now()) !== undefined) noteLate(tools, link)
}

function arrivalOf(tools: Tools, link: Link, element: Element): Arrival | Rejected {
  const { ownBareJid } = link.stream
  const carbon = parseCarbon(element, ownBareJid)
  if (carbon?.kind === 'rejected') return carbon
  const arrival = carbon === undefined ? live(tools, link, element) : carbonArrival(carbon, link, tools.now())
  return 'kind' in arrival ? arrival : placeInRoom(tools, link, arrival)
}

function live(tools: Tools, link: Link, element: Element): Arrival | Rejected {
  const parsed = parseMessage(element, { ownBareJid: link.stream.ownBareJid })
  return parsed.kind === 'rejected' ? parsed : liveArrival(parsed, link, tools.now())
}

function logRejected(tools: Tools, { reason }: Rejected): void {
  tools.log('domain/receive', 'warn', 'a stanza was rejected', { reason })
}
