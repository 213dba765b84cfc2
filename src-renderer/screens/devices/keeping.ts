/** Connects what is done with a conversation as a whole to the bridge. */
import type { KeepingActions } from '../../components/conversations/keeping-menu.ts'
import type { Linnet } from '../../stores/linnet.svelte.ts'

export function keepingActions(linnet: Linnet, conversationId: number): KeepingActions {
  const { navigation } = linnet
  return {
    pin: (pinned) => void linnet.attempt('conversation.pin', { conversationId, pinned }),
    mute: (length) => void linnet.attempt('conversation.mute', { conversationId, length }),
    putAway: (away) => {
      void linnet.attempt('conversation.putAway', { conversationId, away })
      if (away && navigation.conversationId === conversationId) navigation.showConversation(undefined)
    },
  }
}
