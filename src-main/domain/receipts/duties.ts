/**
 * What we tell others of their messages: that one has arrived (XEP-0184), and how far they were read (XEP-0333). It is
 * owed from the same transaction that stores or reads them until the server has acknowledged it, so neither an
 * interrupted stream nor a crash loses it. Told are contacts alone, and only as the user wants (attack S19).
 */
import { buildDisplayedMarker } from '../../protocol/xep-0333-markers.ts'
import { buildReceipt } from '../../protocol/xep-0184-receipts.ts'
import type { Element } from '../../protocol/xml.ts'
import type { IncomingStep } from '../incoming/draft.ts'
import type { Link } from '../link.ts'
import { mayAsk } from '../replies.ts'
import type { Tools } from '../tools.ts'

/** On their way on this stream: by the id of the stanza, what the server's acknowledgement settles. */
interface OnTheWay {
  readonly byStanza: Map<string, () => void>
  /** Keys of what they tell, so that nothing goes out twice. */
  readonly told: Set<string>
}

const books = new WeakMap<Link, OnTheWay>()

function bookOf(link: Link): OnTheWay {
  const book = books.get(link) ?? { byStanza: new Map(), told: new Set() }
  books.set(link, book)
  return book
}

/**
 * Before the step that leaves out what has no words. XEP-0184 §5.5: not for what comes out of an archive; §5.4: not for a
 * receipt; a carbon's message is for the device that it went to.
 */
export const oweReceipt: IncomingStep = (draft, tools) => {
  const { parsed, via, isOwn, link } = draft
  const { id, type, from, receiptRequest, received, displayed } = parsed
  const isAsked = receiptRequest === true && received === undefined && displayed === undefined
  if (!isAsked || via !== 'live' || isOwn || id === undefined) return 'continue'
  if (
    type === 'error' ||
    type === 'groupchat' ||
    draft.room !== undefined ||
    !mayAsk(tools, link, from, 'delivered')
  )
    return 'continue'
  draft.oweReceipt = true
  draft.announcements.push(() => {
    const receipt = buildReceipt({ to: from, id: link.newId(), type, received: id })
    const row = draft.stored?.id
    if (row === undefined) link.stream.send(receipt)
    else tellOnce(link, receipt, `receipt ${row}`, () => tools.storage.setReceiptTold(row))
  })
  return 'continue'
}

/** The user sees the conversation now. Call it in the transaction that marks it as read, before that. */
export function oweMarker(tools: Tools, conversationId: number): void {
  if (!tools.storage.getSettings().tellDisplayed) return
  const isRoom = tools.rooms.ofConversation(conversationId) !== undefined
  if (isRoom) tools.storage.oweRoomMarker(conversationId)
  else tools.storage.oweMarker(conversationId)
}

/** Tells what is owed; what this stream can't take now stays owed. */
export function tellOwed(tools: Tools, link: Link): void {
  const { storage } = tools
  for (const { id, sender, messageId } of storage.listReceiptsDue(link.accountId)) {
    const isAllowed = mayAsk(tools, link, sender, 'delivered')
    if (!isAllowed) storage.setReceiptTold(id)
    else {
      const receipt = buildReceipt({ to: sender, id: link.newId(), type: 'chat', received: messageId })
      tellOnce(link, receipt, `receipt ${id}`, () => storage.setReceiptTold(id))
    }
  }
  for (const { conversationId, counterpart, messageId } of storage.listMarkersDue(link.accountId)) {
    const isAllowed = counterpart !== link.stream.ownBareJid && mayAsk(tools, link, counterpart, 'displayed')
    if (!isAllowed) storage.setMarkerTold(conversationId, messageId)
    else {
      const marker = buildDisplayedMarker({ to: counterpart, id: link.newId(), displayed: messageId })
      tellOnce(link, marker, `marker ${conversationId} ${messageId}`, () =>
        storage.setMarkerTold(conversationId, messageId),
      )
    }
  }
}

/** `key` names what is told; `settle` is called once the server has it. */
export function tellOnce(link: Link, stanza: Element, key: string, settle: () => void): void {
  const { byStanza, told } = bookOf(link)
  if (told.has(key) || !link.stream.send(stanza)) return
  told.add(key)
  byStanza.set(String(stanza.attrs['id']), () => {
    told.delete(key)
    settle()
  })
}

/** The server has this stanza. True when it was one of these. */
export function settleOwed(link: Link, stanzaId: string): boolean {
  const { byStanza } = bookOf(link)
  const settle = byStanza.get(stanzaId)
  byStanza.delete(stanzaId)
  settle?.()
  return settle !== undefined
}
