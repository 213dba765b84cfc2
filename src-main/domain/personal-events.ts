/** Events of contacts' data (XEP-0163), by the node that holds them. */
import { NS_METADATA as NS_AVATAR } from '../protocol/xep-0084-avatar.ts'
import { parsePersonalEvent, type PersonalEvent } from '../protocol/xep-0163-pep.ts'
import { NS as NS_NICK } from '../protocol/xep-0172-nick.ts'
import type { Element } from '../protocol/xml.ts'
import type { Link } from './link.ts'
import { receiveNick } from './nicknames/announced.ts'
import { receiveAvatar } from './pictures/announced.ts'
import type { Tools } from './tools.ts'

type Receiver = (tools: Tools, link: Link, event: PersonalEvent) => void

const receivers: ReadonlyMap<string, Receiver> = new Map([
  [NS_AVATAR, receiveAvatar],
  [NS_NICK, receiveNick],
])

/** For an event of somebody else's data: true when it was a contact's and one that is read. Others are to be refused. */
export function receivePersonalEvent(tools: Tools, link: Link, message: Element): boolean {
  const event = parsePersonalEvent(message)
  const receiver = receivers.get(event?.node ?? '')
  if (event === undefined || receiver === undefined) return false
  if (tools.storage.findContact(link.accountId, event.from) === undefined) return false
  receiver(tools, link, event)
  return true
}
