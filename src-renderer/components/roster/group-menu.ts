/** What can be done with a group. Contacts without one can only be folded away. */
import ChevronsDownUp from '@lucide/svelte/icons/chevrons-down-up'
import ChevronsUpDown from '@lucide/svelte/icons/chevrons-up-down'
import Pencil from '@lucide/svelte/icons/pencil'
import type { Translate } from '../../../src-main/text/text.ts'
import type { HeadingRow } from '../../stores/contact-rows.ts'
import type { MenuEntry } from '../base/menu.types.ts'

export interface GroupActions {
  toggle(): void
  rename(): void
}

export function groupMenu(
  t: Translate,
  row: HeadingRow,
  { toggle, rename }: GroupActions,
): readonly MenuEntry[] {
  const fold: MenuEntry = row.folded
    ? { label: t('people.unfold'), icon: ChevronsUpDown, onselect: toggle }
    : { label: t('people.fold'), icon: ChevronsDownUp, onselect: toggle }
  if (row.group === undefined) return [fold]
  return [{ label: t('people.renameGroup'), icon: Pencil, onselect: rename }, fold]
}
