/** What the sender says of the pages that a message links to: what the renderer may ask for. */
import * as v from 'valibot'
import type { LinkCard, LinkPicture } from '../../model/links.ts'
import { id, text } from '../fields.ts'

/** A card that goes along with a message; it is bounded again where it is written. */
export const linkCard = v.strictObject({
  url: text(2048),
  title: text(200),
  description: text(500),
  site: text(100),
  image: v.optional(text(2048)),
  alt: v.optional(text(300)),
})

export const linksCommands = {
  /** Asks the page itself, over https: only when the user wants it. Null: it says nothing, or can't be had. */
  'link.describe': v.strictObject({ url: text(2048) }),
  /** The picture of a message's card about `url`. Null: the user has not asked for it, or it can't be had. */
  'link.picture': v.strictObject({
    messageId: id,
    url: text(2048),
    wish: v.picklist(['auto', 'asked']),
  }),
  /** Whether pictures of links are loaded in this conversation without asking. */
  'conversation.setLinkPictures': v.strictObject({ conversationId: id, always: v.boolean() }),
} as const

export interface LinksOutputs {
  'link.describe': LinkCard | null
  'link.picture': LinkPicture | null
}
