/** The entry that tells what is known of a message. */
import Info from '@lucide/svelte/icons/info'
import type { Message } from '../../../src-main/model/message.ts'
import type { MessageAction } from './message-actions.ts'

export function infoAction(show: (message: Message) => void): MessageAction {
  return {
    ...{ group: 'text', label: 'receipts.info', icon: Info, key: 'i' },
    onselect: ({ message }) => show(message),
  }
}
