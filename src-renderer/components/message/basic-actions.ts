/** What every message offers: its words, its link, to be selected, and for one that was not sent another try. */
import Copy from '@lucide/svelte/icons/copy'
import Link from '@lucide/svelte/icons/link'
import ListChecks from '@lucide/svelte/icons/list-checks'
import RotateCw from '@lucide/svelte/icons/rotate-cw'
import Trash from '@lucide/svelte/icons/trash-2'
import type { Message } from '../../../src-main/model/message.ts'
import type { MessageAction } from './message-actions.ts'

interface BasicTools {
  readonly copyText: (text: string) => void
  readonly retry: (messageId: number) => void
  readonly discard: (messageId: number) => void
}

interface BasicPane {
  readonly select: (message: Message) => void
  readonly transcript: (messages: readonly Message[]) => string
}

export function basicActions(
  { copyText, retry, discard }: BasicTools,
  { select, transcript }: BasicPane,
): readonly MessageAction[] {
  return [
    {
      ...{ group: 'text', label: 'chats.copyText', icon: Copy, key: 'c' },
      onselect: ({ message, selection }) => copyText(selection === '' ? message.body : selection),
      many: { onselect: (messages) => copyText(transcript(messages)) },
    },
    {
      ...{ group: 'text', label: 'chats.copyLink', icon: Link },
      when: ({ href }) => href !== undefined,
      onselect: ({ href = '' }) => copyText(href),
    },
    {
      ...{ group: 'keep', label: 'chats.select', icon: ListChecks, key: ' ' },
      onselect: ({ message }) => select(message),
    },
    {
      ...{ group: 'change', label: 'common.retry', icon: RotateCw },
      when: ({ message }) => message.state === 'failed',
      onselect: ({ message }) => retry(message.id),
    },
    {
      ...{ group: 'remove', label: 'chats.delete', icon: Trash, key: 'Delete', danger: true },
      when: ({ message }) => message.state === 'failed',
      onselect: ({ message }) => discard(message.id),
    },
  ]
}
