/** The accounts as the menu of one's own presence shows them: how each stands, and where a click leads. */
import type { Show } from '../../../src-main/model/presence.ts'
import { plainName } from '../../../src-main/text/names.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import { accountLine } from '../../components/accounts/account-line.ts'
import { PRESENCE_WORDS } from '../../components/presence/presence-words.ts'
import type { Linnet } from '../../stores/linnet.svelte.ts'

export interface AccountPresenceEntry {
  readonly label: string
  readonly show: Show | 'offline'
  readonly onselect: () => void
}

/** None where there is one account only: then the menu itself is about it. */
export function accountPresences(linnet: Linnet, t: Translate): readonly AccountPresenceEntry[] {
  const { accounts, navigation, presence, availability } = linnet
  if (accounts.usable.length < 2) return []
  return accounts.usable.map((account) => {
    const { id, label, jid } = account
    const chosen = (accounts.presenceOf(id) ?? presence.own).show
    const state = accounts.connectionOf(id)
    const line = accountLine(t, account, state, chosen)
    const show = state.phase === 'online' ? availability.effective(chosen) : 'offline'
    const words = state.phase === 'online' ? t(PRESENCE_WORDS[show]) : line.text
    return {
      label: t('accounts.menuAccount', { name: plainName(label ?? jid), state: words }),
      show,
      // What is wrong is mended where it is explained.
      onselect: () => {
        navigation.dialog = line.failed
          ? { kind: 'settings', page: 'accounts', accountId: id }
          : { kind: 'status', accountId: id }
      },
    }
  })
}
