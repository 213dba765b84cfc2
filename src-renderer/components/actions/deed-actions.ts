/** What a message offers to whoever wants to react to it, correct it, or have it gone. */
import Pencil from '@lucide/svelte/icons/pencil'
import SmilePlus from '@lucide/svelte/icons/smile-plus'
import Trash from '@lucide/svelte/icons/trash-2'
import type { Message } from '../../../src-main/model/message.ts'
import type { MessageAction } from '../message/message-actions.ts'

interface DeedTools {
  readonly correct: (message: Message) => void
  /** Opens the choice beside the message. */
  readonly react: (message: Message, element: HTMLElement) => void
  /** Asks how. */
  readonly remove: (messages: readonly Message[]) => void
}

export function canCorrect({ direction, retractedAt, nameless }: Message): boolean {
  return direction === 'out' && retractedAt === undefined && nameless === undefined
}

/** Others can be told which message is meant, and may have it. */
export function canReact({ retractedAt, nameless, state }: Message): boolean {
  return retractedAt === undefined && nameless === undefined && state !== 'failed'
}

export function deedActions({ correct, react, remove }: DeedTools): readonly MessageAction[] {
  return [
    {
      ...{ group: 'respond', label: 'actions.react', icon: SmilePlus, key: 'a', quick: true },
      when: ({ message }) => canReact(message),
      onselect: ({ message, element }) => react(message, element),
    },
    {
      ...{ group: 'change', label: 'actions.correct', icon: Pencil, key: 'e' },
      when: ({ message }) => canCorrect(message),
      onselect: ({ message }) => correct(message),
    },
    {
      ...{ group: 'remove', label: 'actions.remove', icon: Trash, key: 'Delete', danger: true },
      when: ({ message }) => message.state !== 'failed',
      onselect: ({ message }) => remove([message]),
      many: { onselect: remove },
    },
  ]
}
