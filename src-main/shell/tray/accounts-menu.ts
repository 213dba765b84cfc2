/** With several accounts: each in the tray's menu, how it stands, and a presence for it alone. */
import type { MenuItemConstructorOptions } from 'electron'
import type { OwnPresence } from '../../model/presence.ts'
import { plainName } from '../../text/names.ts'
import { shorten } from '../../text/preview.ts'
import type { TextKey, Translate } from '../../text/text.ts'

const MAX_NAME_LENGTH = 40

export interface TrayAccount {
  readonly id: number
  readonly name: string
  /** What the user chose for it. */
  readonly chosen: OwnPresence['show']
  readonly online: boolean
  /** It is not online although it should be, and does not try by itself. */
  readonly failed: boolean
}

export interface TrayAccountActions {
  setAccountShow(accountId: number, show: OwnPresence['show']): void
  /** Where it is explained what is wrong with it. */
  showAccount(accountId: number): void
}

/** None for a single account: its presence is that of the menu itself. */
export function buildAccountsMenu(
  accounts: readonly TrayAccount[],
  presences: readonly { readonly show: OwnPresence['show']; readonly label: TextKey }[],
  actions: TrayAccountActions,
  text: Translate,
): MenuItemConstructorOptions[] {
  if (accounts.length < 2) return []
  const items = accounts.map((account): MenuItemConstructorOptions => {
    const { id, chosen, failed } = account
    const solve: MenuItemConstructorOptions[] = failed
      ? [{ label: text('accounts.traySolve'), click: () => actions.showAccount(id) }, { type: 'separator' }]
      : []
    const choices = presences.map(({ show, label }): MenuItemConstructorOptions => {
      return {
        ...{ label: text(label), type: 'radio', checked: show === chosen },
        click: () => actions.setAccountShow(id, show),
      }
    })
    return { label: labelOf(account, presences, text), submenu: [...solve, ...choices] }
  })
  return [{ type: 'separator' }, ...items]
}

function labelOf(
  { name, chosen, online, failed }: TrayAccount,
  presences: readonly { readonly show: OwnPresence['show']; readonly label: TextKey }[],
  text: Translate,
): string {
  const label = presences.find(({ show }) => show === (online ? chosen : 'offline'))?.label
  const presence = text(failed ? 'main.notConnected' : (label ?? 'common.presenceOffline'))
  const words = text('accounts.trayAccount', { name: plainName(shorten(name, MAX_NAME_LENGTH)), presence })
  // The & of a name underlines nothing.
  return words.replaceAll('&', '&&')
}
