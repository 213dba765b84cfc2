/** Keeps what an open conversation shows true while it is open: each event goes to those that it concerns. */
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { ComposingStore } from '../stores/composing.svelte.ts'
import type { PinStore } from '../stores/pins.svelte.ts'
import type { TimelineSelection } from '../stores/timeline-selection.svelte.ts'
import type { TimelineStore } from '../stores/timeline.svelte.ts'
import type { ChatActions } from './chat-pane.types.ts'

interface Followers {
  readonly timeline: TimelineStore
  readonly selection: TimelineSelection
  readonly pins: PinStore
  readonly composing: ComposingStore
}

/** The result ends it. */
export function followConversation(
  { id, accountId: ownAccountId }: Pick<Conversation, 'id' | 'accountId'>,
  { on }: Pick<ChatActions, 'on'>,
  { timeline, selection, pins, composing }: Followers,
): () => void {
  const all = [selection, timeline, pins, composing]
  const stops = [
    on('archive.gapsChanged', ({ accountId, conversationId }) => {
      if (accountId === ownAccountId && (conversationId ?? id) === id) void timeline.refresh()
    }),
    on('archive.added', ({ conversationId, messages }) => timeline.addHistory(conversationId, messages)),
    on('message.added', ({ message }) => timeline.add(message)),
    on('message.changed', ({ message }) => all.forEach((one) => one.change(message))),
    on('message.removed', ({ messageId }) => all.forEach((one) => one.remove(messageId))),
  ]
  return () => stops.forEach((stop) => stop())
}
