/** What can be done with one message. */
import Copy from '@lucide/svelte/icons/copy'
import Link from '@lucide/svelte/icons/link'
import RotateCw from '@lucide/svelte/icons/rotate-cw'
import Trash from '@lucide/svelte/icons/trash-2'
import type { Message } from '../../../src-main/model/message.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry } from '../base/menu.types.ts'
import { writtenIn } from './copy-as-written.ts'

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

/** The message that an element of the log belongs to. */
export function messageAt(target: EventTarget | null, messages: readonly Message[]): Message | undefined {
  if (!(target instanceof Element)) return undefined
  const id = target.closest<HTMLElement>('[data-message]')?.dataset['message']
  return id === undefined ? undefined : messages.find((message) => message.id === Number(id))
}

export function subjectAt(target: EventTarget | null, messages: readonly Message[]): MenuSubject | undefined {
  const message = messageAt(target, messages)
  if (message === undefined || !(target instanceof Element)) return undefined
  const article = target.closest('article')
  return {
    message,
    href: target.closest('a')?.href,
    selection: article === null ? '' : writtenIn(article, getSelection()),
  }
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
