/** What the sender says of the pages that a message links to: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { LinkCard, LinkPicture } from '../../model/links.ts'

export interface LinksVerbs {
  /** Asks the page; null when it says nothing or can't be had. */
  describeLink(url: string): Promise<LinkCard | null>
  /** Null: the user does not want it yet, or it can't be had. */
  linkPicture(input: CheckedInput<'link.picture'>): Promise<LinkPicture | null>
  /** Whether those of this conversation are loaded without asking. */
  setLinkPictures(input: CheckedInput<'conversation.setLinkPictures'>): void
}
