/** What can be done with a contact. */
import BellPlus from '@lucide/svelte/icons/bell-plus'
import MessageSquare from '@lucide/svelte/icons/message-square'
import Pencil from '@lucide/svelte/icons/pencil'
import UserMinus from '@lucide/svelte/icons/user-minus'
import type { Contact } from '../../../src-main/model/contact.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry } from '../base/menu.types.ts'

export interface ContactActions {
  chat(): void
  edit(): void
  ask(): void
  remove(): void
}

/** Asking for presence is offered only where it is not seen yet. */
export function contactMenu(t: Translate, contact: Contact, actions: ContactActions): readonly MenuEntry[] {
  const seen = contact.subscription === 'to' || contact.subscription === 'both'
  const ask: readonly MenuEntry[] = seen
    ? []
    : [{ label: t('roster.askAgain'), icon: BellPlus, onselect: actions.ask }]
  return [
    { label: t('roster.chat'), icon: MessageSquare, onselect: actions.chat },
    { label: t('roster.edit'), icon: Pencil, onselect: actions.edit },
    ...ask,
    'separator',
    { label: t('roster.remove'), icon: UserMinus, danger: true, onselect: actions.remove },
  ]
}
