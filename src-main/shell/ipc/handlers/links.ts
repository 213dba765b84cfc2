/** What the sender says of the pages that a message links to: its part of the table of commands. */
import type { linksCommands } from '../../../contract/commands/links.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createLinksHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof linksCommands> {
  return {
    'link.describe': ({ url }) => app.describeLink(url),
    'link.picture': (input) => app.linkPicture(input),
    'conversation.setLinkPictures': (input) => app.setLinkPictures(input),
  }
}
