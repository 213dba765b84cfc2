/** Changes of our own account's data that another device made, by the node that holds them (XEP-0163). */
import { NS_METADATA as NS_AVATAR } from '../../protocol/xep-0084-avatar.ts'
import { NS as NS_NICK } from '../../protocol/xep-0172-nick.ts'
import { NS as NS_BOOKMARKS } from '../../protocol/xep-0402-bookmarks.ts'
import type { OwnEvent } from '../../protocol/xep-0163-pep.ts'
import { NS as NS_DISPLAYED, parseDisplayed } from '../../protocol/xep-0490-displayed.ts'
import { receiveBookmarks } from '../bookmarks/sync.ts'
import { receiveOwnNick } from '../nicknames/announced.ts'
import { receiveOwnAvatar } from '../pictures/announced.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { takeDisplayed } from './displayed.ts'

type Receiver = (tools: Tools, link: Link, event: OwnEvent) => void

const receivers: ReadonlyMap<string, Receiver> = new Map([
  [NS_DISPLAYED, receiveDisplayed],
  [NS_BOOKMARKS, receiveBookmarks],
  [NS_AVATAR, receiveOwnAvatar],
  [NS_NICK, receiveOwnNick],
])

/** Of a node that nothing here reads, nothing is known. */
export function receiveOwnEvent(tools: Tools, link: Link, event: OwnEvent): void {
  receivers.get(event.node)?.(tools, link, event)
}

function receiveDisplayed(tools: Tools, link: Link, { items }: OwnEvent): void {
  for (const item of items) {
    const displayed = parseDisplayed(item, link.stream.ownBareJid)
    if (displayed !== undefined) takeDisplayed(tools, link, displayed)
  }
}
