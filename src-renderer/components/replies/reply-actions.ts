/** What a message offers to whoever wants to answer it, pass it on or keep it in sight. */
import Forward from '@lucide/svelte/icons/forward'
import Pin from '@lucide/svelte/icons/pin'
import PinOff from '@lucide/svelte/icons/pin-off'
import Reply from '@lucide/svelte/icons/reply'
import type { Message } from '../../../src-main/model/message.ts'
import type { MessageAction } from '../message/message-actions.ts'

interface ReplyTools {
  readonly reply: (message: Message) => void
  /** Absent where nobody can be chosen. */
  readonly forward?: ((messages: readonly Message[]) => void) | undefined
  readonly setPinned: (messageId: number, pinned: boolean) => void
}

export function replyActions({ reply, forward, setPinned }: ReplyTools): readonly MessageAction[] {
  const passOn: MessageAction = {
    ...{ group: 'respond', label: 'replies.forward', icon: Forward, key: 'f' },
    when: ({ message }) => message.body !== '',
    onselect: ({ message }) => forward?.([message]),
    many: { when: (message) => message.body !== '', onselect: (messages) => forward?.(messages) },
  }
  return [
    {
      ...{ group: 'respond', label: 'replies.reply', icon: Reply, key: 'r', quick: true },
      when: ({ message }) => message.state !== 'failed' && message.body !== '',
      onselect: ({ message }) => reply(message),
    },
    ...(forward === undefined ? [] : [passOn]),
    {
      ...{ group: 'keep', label: 'replies.pin', icon: Pin, key: 'p' },
      when: ({ message }) => message.pinnedAt === undefined && message.body !== '',
      onselect: ({ message }) => setPinned(message.id, true),
    },
    {
      ...{ group: 'keep', label: 'replies.unpin', icon: PinOff, key: 'p' },
      when: ({ message }) => message.pinnedAt !== undefined,
      onselect: ({ message }) => setPinned(message.id, false),
    },
  ]
}
