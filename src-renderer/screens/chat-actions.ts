/** Connects the conversation view to the bridge. */
import type { LinkPictures } from '../components/links/pictures-context.ts'
import { deedCommands } from './deed-commands.ts'
import { scheduleActions } from './schedule-actions.ts'
import type { ChatActions } from './chat-pane.types.ts'
import type { Linnet } from '../stores/linnet.svelte.ts'

/** What only the main window can offer. */
export type WindowActions = Pick<
  ChatActions,
  | ('back' | 'openOwnWindow' | 'writeSingle' | 'contactDetails')
  | ('removeContact' | 'addContact' | 'block' | 'unblock')
>

/** For one conversation. Commands that only tell something are not waited for. */
export function createChatActions(
  linnet: Linnet,
  conversationId: number,
): ChatActions & { readonly linkPictures: Omit<LinkPictures, 'always'> } {
  return {
    page: (from) => linnet.client.invoke('conversation.page', { conversationId, ...from }),
    loadOlder: (before) =>
      linnet.client.invoke('archive.loadOlder', { conversationId, ...(before && { before }) }),
    fetchOriginal: (messageId) => linnet.client.invoke('archive.fetchOriginal', { messageId }),
    markRead: () => void linnet.attempt('conversation.markRead', { conversationId }),
    saveDraft: (draft) => void linnet.attempt('conversation.setDraft', { conversationId, draft }),
    send: async (body, extras = {}) => {
      // The composer keeps words that were not stored; why they were not is said above.
      if (!(await linnet.attempt('message.send', { conversationId, body, ...extras })))
        throw new Error('not stored')
    },
    correct: async (messageId, body) => {
      if (!(await linnet.attempt('message.correct', { messageId, body }))) throw new Error('not stored')
    },
    deeds: deedCommands(linnet),
    setChatState: (state) => void linnet.attempt('conversation.setChatState', { conversationId, state }),
    setPinned: (messageId, pinned) => void linnet.attempt('message.setPinned', { messageId, pinned }),
    listPinned: () => linnet.client.invoke('message.listPinned', { conversationId }),
    linkPictures: {
      load: (messageId, url, wish) => linnet.client.invoke('link.picture', { messageId, url, wish }),
      alwaysHere: () => void linnet.attempt('conversation.setLinkPictures', { conversationId, always: true }),
      alwaysEverywhere: () => void linnet.attempt('settings.set', { linkPictures: 'always' }),
    },
    describeLink: (url) => linnet.client.invoke('link.describe', { url }),
    retry: (messageId) => void linnet.attempt('message.retry', { messageId }),
    discard: (messageId) => void linnet.attempt('message.discard', { messageId }),
    openLink: (url) => void linnet.attempt('link.open', { url }),
    copyText: (text) => void linnet.attempt('text.copy', { text }),
    schedule: scheduleActions(linnet, conversationId),
    on: (name, listener) => linnet.on(name, listener),
  }
}
