/** What can be done with a contact. */
import MessageSquare from '@lucide/svelte/icons/message-square'
import Pencil from '@lucide/svelte/icons/pencil'
import UserMinus from '@lucide/svelte/icons/user-minus'
import type { Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry } from '../base/menu.types.ts'
import { subscriptionEntries, type Standing, type SubscriptionAction } from './subscription-actions.ts'

export interface ContactActions {
  chat(): void
  edit(): void
  subscription(action: SubscriptionAction): void
  remove(): void
}

/** What the presences allow stands between the everyday and the end. */
export function contactMenu(t: Translate, standing: Standing, actions: ContactActions): readonly MenuEntry[] {
  return [
    { label: t('roster.chat'), icon: MessageSquare, onselect: actions.chat },
    { label: t('roster.edit'), icon: Pencil, onselect: actions.edit },
    'separator',
    ...subscriptionEntries(t, standing, actions.subscription),
    'separator',
    { label: t('roster.remove'), icon: UserMinus, danger: true, onselect: actions.remove },
  ]
}
