/** What goes along with an own chat message: the wish to know what becomes of it, and that we take part in the chat. */
import type { BareJid, Jid } from '../../model/jid.ts'
import type { OutgoingMessage } from '../../protocol/message.ts'
import { NS as NS_RECEIPTS } from '../../protocol/xep-0184-receipts.ts'
import type { Link } from '../link.ts'
import { featuresOf } from '../services/capabilities.ts'
import type { Tools } from '../tools.ts'
import { stateBesideContent } from './chat-states.ts'

type Wishes = Pick<OutgoingMessage, 'receiptRequest' | 'markable' | 'chatState'>

/**
 * For a message that is being sent now. Notes to self want no answer. XEP-0184 §5.2: a device that is known to give no
 * receipts is not asked for one.
 */
export function wishesFor(tools: Tools, link: Link, counterpart: BareJid, to: Jid): Wishes {
  if (counterpart === link.stream.ownBareJid) return {}
  const features = featuresOf(tools, link, to)
  return {
    receiptRequest: features?.includes(NS_RECEIPTS) === false ? undefined : true,
    markable: true,
    chatState: stateBesideContent(tools, link, counterpart),
  }
}
