/** What can be done with one message. */
import Copy from '@lucide/svelte/icons/copy'
import Link from '@lucide/svelte/icons/link'
import RotateCw from '@lucide/svelte/icons/rotate-cw'
import Trash from '@lucide/svelte/icons/trash-2'
import type { Message } from '../../../src-main/model/message.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry } from '../base/menu.types.ts'

export interface MessageActions {
  readonly oncopy: (text: string) => void
  readonly onretry: (messageId: number) => void
  readonly ondiscard: (messageId: number) => void
}

export interface MenuSubject {
  readonly message: Message
  /** The link under the pointer. */
  readonly href?: string | undefined
  /** What is selected inside the message; it is copied in place of the whole. */
  readonly selection: string
}

export function messageEntries(t: Translate, subject: MenuSubject, actions: MessageActions): MenuEntry[] {
  const { message, href, selection } = subject
  const entries: MenuEntry[] = [
    {
      label: t('chats.copyText'),
      icon: Copy,
      onselect: () => actions.oncopy(selection === '' ? message.body : selection),
    },
  ]
  if (href !== undefined) {
    entries.push({ label: t('chats.copyLink'), icon: Link, onselect: () => actions.oncopy(href) })
  }
  if (message.state === 'failed') {
    entries.push(
      'separator',
      { label: t('common.retry'), icon: RotateCw, onselect: () => actions.onretry(message.id) },
      { label: t('chats.delete'), icon: Trash, danger: true, onselect: () => actions.ondiscard(message.id) },
    )
  }
  return entries
}
