/** Connects the conversation view to the bridge. */
import type { ChatActions } from './chat-pane.types.ts'
import type { Linnet } from '../stores/linnet.svelte.ts'

/** What only the main window can offer. */
export type WindowActions = Pick<
  ChatActions,
  | ('back' | 'openOwnWindow' | 'writeSingle' | 'contactDetails')
  | ('removeContact' | 'addContact' | 'block' | 'unblock')
>

/** For one conversation. Commands that only tell something are not waited for. */
export function createChatActions(linnet: Linnet, conversationId: number): ChatActions {
  return {
    page: (from) => linnet.client.invoke('conversation.page', { conversationId, ...from }),
    markRead: () => void linnet.attempt('conversation.markRead', { conversationId }),
    saveDraft: (draft) => void linnet.attempt('conversation.setDraft', { conversationId, draft }),
    send: async (body) => {
      // The composer keeps words that were not stored; why they were not is said above.
      if (!(await linnet.attempt('message.send', { conversationId, body }))) throw new Error('not stored')
    },
    retry: (messageId) => void linnet.attempt('message.retry', { messageId }),
    discard: (messageId) => void linnet.attempt('message.discard', { messageId }),
    openLink: (url) => void linnet.attempt('link.open', { url }),
    copyText: (text) => void linnet.attempt('text.copy', { text }),
    on: (name, listener) => linnet.on(name, listener),
  }
}
