/** The chat list of one account alone, or of all: the entries of its menu. */
import { plainName } from '../../../src-main/text/names.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry } from '../../components/base/menu.types.ts'
import type { Linnet } from '../../stores/linnet.svelte.ts'

/** None where there is nothing to choose. */
export function accountFilters({ accounts, conversations }: Linnet, t: Translate): readonly MenuEntry[] {
  if (!accounts.several) return []
  const choice = (label: string, accountId: number | undefined): MenuEntry => ({
    label,
    checked: conversations.filter === accountId,
    onselect: () => (conversations.filter = accountId),
  })
  return [
    choice(t('accounts.filterAll'), undefined),
    ...accounts.list.map(({ id, label, jid }) => choice(plainName(label ?? jid), id)),
  ]
}
