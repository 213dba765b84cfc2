/** XEP-0045 §7.5: what one occupant says to another alone. */
import { xml, type Element } from '../xml.ts'
import { NS_USER } from './namespaces.ts'

/**
 * A room says something to or about an occupant; in a chat message it means a private one (§7.5), which is no chat with
 * the room's own address (attack S20). A message without it may be private all the same: the mark is newer than rooms.
 */
export function parseOccupantMark(message: Element): true | undefined {
  return message.getChild('x', NS_USER) === undefined ? undefined : true
}

/** Goes along with every private message of ours, so that our other devices know its carbon for what it is. */
export function buildOccupantMark(_private: true): Element {
  return xml('x', { xmlns: NS_USER })
}
