/** What the sender says of the pages that a message links to: the user's verbs. */
import { readPage } from '../../protocol/page-description.ts'
import { toLinkCard } from '../../protocol/xep-0511-link-metadata.ts'
import { announceConversation, getConversation } from '../conversations.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { withUserErrors, withUserErrorsAsync } from '../user-errors.ts'
import { webProxy } from '../connections/ways.ts'
import { createLinkPictures } from './pictures.ts'
import type { LinksVerbs } from './verbs.types.ts'

export function createLinksVerbs(tools: Tools, _sessions: Sessions): LinksVerbs {
  const pictures = createLinkPictures(tools)
  return {
    async describeLink(url) {
      const html = await tools.fetchPage(url, webProxy(tools))
      return html === undefined ? null : (toLinkCard(url, readPage(html)) ?? null)
    },
    linkPicture: (input) => withUserErrorsAsync(() => pictures.load(input)),
    setLinkPictures: ({ conversationId, always }) =>
      withUserErrors(() => {
        getConversation(tools, conversationId)
        tools.storage.setLinkPictures(conversationId, always)
        announceConversation(tools, conversationId)
      }),
  }
}
