/** What can be done with messages that are here, connected to the bridge. */
import type { DeedActions } from '../components/actions/deeds-context.ts'
import type { Linnet } from '../stores/linnet.svelte.ts'

export function deedCommands(linnet: Linnet): DeedActions {
  return {
    retract: (messageId) => void linnet.attempt('message.retract', { messageId }),
    react: (messageId, emoji, chosen) => void linnet.attempt('message.react', { messageId, emoji, chosen }),
    forget: (messageIds) => void linnet.attempt('message.forget', { messageIds: [...messageIds] }),
    versions: (messageId) => linnet.client.invoke('message.versions', { messageId }),
    retryDeeds: (messageId) => void linnet.attempt('message.retryDeeds', { messageId }),
    dropDeeds: (messageId) => void linnet.attempt('message.dropDeeds', { messageId }),
  }
}
