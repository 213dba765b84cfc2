/** What can be done with a contact. */
import MessageSquare from '@lucide/svelte/icons/message-square'
import FolderInput from '@lucide/svelte/icons/folder-input'
import IdCard from '@lucide/svelte/icons/id-card'
import Terminal from '@lucide/svelte/icons/terminal'
import SquarePen from '@lucide/svelte/icons/square-pen'
import UserMinus from '@lucide/svelte/icons/user-minus'
import type { Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry } from '../base/menu.types.ts'
import { subscriptionEntries, type Standing, type SubscriptionAction } from './subscription-actions.ts'

export interface ContactActions {
  chat(): void
  writeSingle(): void
  page(): void
  move(): void
  subscription(action: SubscriptionAction): void
  remove(): void
  /** Only where a device offers any. */
  commands?: (() => void) | undefined
}

/** What the presences allow stands between the everyday and the end. */
export function contactMenu(t: Translate, standing: Standing, actions: ContactActions): readonly MenuEntry[] {
  const commands: readonly MenuEntry[] = actions.commands
    ? [{ label: t('services.commandsMenu'), icon: Terminal, onselect: actions.commands }]
    : []
  return [
    { label: t('roster.chat'), icon: MessageSquare, onselect: actions.chat },
    { label: t('inbox.writeTo'), icon: SquarePen, onselect: actions.writeSingle },
    { label: t('people.open'), icon: IdCard, onselect: actions.page },
    { label: t('people.move'), icon: FolderInput, onselect: actions.move },
    ...commands,
    'separator',
    ...subscriptionEntries(t, standing, actions.subscription),
    'separator',
    { label: t('roster.remove'), icon: UserMinus, danger: true, onselect: actions.remove },
  ]
}
