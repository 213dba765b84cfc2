/** Connects the conversation view to the bridge. */
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { ChatActions } from './chat-pane.types.ts'
import type { Linnet } from '../stores/linnet.svelte.ts'

/** What only the main window can offer. */
export type WindowActions = Pick<
  ChatActions,
  'back' | 'openOwnWindow' | 'contactDetails' | 'removeContact' | 'addContact'
>

/** For one conversation. Commands that only tell something are not waited for. */
export function createChatActions(
  linnet: Linnet,
  conversation: Conversation,
  window: WindowActions,
): ChatActions {
  const { client } = linnet
  const conversationId = conversation.id
  return {
    page: (from) => client.invoke('conversation.page', { conversationId, ...from }),
    markRead: () => void client.invoke('conversation.markRead', { conversationId }),
    saveDraft: (draft) => void client.invoke('conversation.setDraft', { conversationId, draft }),
    send: async (body) => {
      await client.invoke('message.send', { conversationId, body })
    },
    retry: (messageId) => void client.invoke('message.retry', { messageId }),
    discard: (messageId) => void client.invoke('message.discard', { messageId }),
    openLink: (url) => void client.invoke('link.open', { url }),
    copyText: (text) => void client.invoke('text.copy', { text }),
    on: (name, listener) => linnet.on(name, listener),
    ...window,
  }
}
