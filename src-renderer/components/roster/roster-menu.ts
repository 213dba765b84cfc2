/** How the contact list is drawn, and the list as a file. */
import Download from '@lucide/svelte/icons/download'
import QrCode from '@lucide/svelte/icons/qr-code'
import Upload from '@lucide/svelte/icons/upload'
import type { Settings } from '../../../src-main/model/settings.ts'
import type { TextKey, Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry } from '../base/menu.types.ts'

type Choices = Pick<Settings, 'rosterSort' | 'rosterOffline' | 'rosterGroups'>

export interface RosterActions {
  set(change: Partial<Choices>): void
  invite(): void
  importFile(): void
  exportFile(): void
}

const SORTS: Readonly<Record<Settings['rosterSort'], TextKey>> = {
  presence: 'people.sortPresence',
  name: 'people.sortName',
  recency: 'people.sortRecency',
}

export function rosterMenu(t: Translate, choices: Choices, actions: RosterActions): readonly MenuEntry[] {
  const { rosterSort, rosterOffline, rosterGroups } = choices
  const sorts = (Object.keys(SORTS) as (keyof typeof SORTS)[]).map((sort) => ({
    label: t(SORTS[sort]),
    checked: sort === rosterSort,
    onselect: () => actions.set({ rosterSort: sort }),
  }))
  return [
    ...sorts,
    'separator',
    {
      label: t('people.showOffline'),
      checked: rosterOffline,
      toggle: true,
      onselect: () => actions.set({ rosterOffline: !rosterOffline }),
    },
    {
      label: t('people.showGroups'),
      checked: rosterGroups,
      toggle: true,
      onselect: () => actions.set({ rosterGroups: !rosterGroups }),
    },
    'separator',
    { label: t('invites.menu'), icon: QrCode, onselect: actions.invite },
    { label: t('people.import'), icon: Download, onselect: actions.importFile },
    { label: t('people.export'), icon: Upload, onselect: actions.exportFile },
  ]
}
