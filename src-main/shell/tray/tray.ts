/** The tray icon: draws what tray-menu.ts computes, and only when it changed (each new menu closes an open one). */
import { Menu, nativeImage, Tray } from 'electron'
import { join } from 'node:path'
import type { Translate } from '../../text/text.ts'
import { buildTrayMenu, trayIconName, trayTooltip, type TrayActions, type TrayState } from './tray-menu.ts'

/** Each system wants another size; the menu bar of macOS wants black and alpha alone. */
const FOLDERS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'mac', win32: 'windows' }

export interface TrayIcon {
  render(state: TrayState, text: Translate): void
  destroy(): void
}

/** `icons`: the folder assets/icons. `onClick`: the icon itself was clicked (macOS opens the menu instead). */
export function createTray(icons: string, actions: TrayActions & { click(): void }): TrayIcon {
  const folder = join(icons, 'tray', FOLDERS[process.platform] ?? 'linux')
  const load = (name: string): Electron.NativeImage => {
    const image = nativeImage.createFromPath(join(folder, `${name}.png`))
    if (process.platform === 'darwin') image.setTemplateImage(true)
    return image
  }
  const tray = new Tray(load('offline'))
  tray.on('click', () => actions.click())
  let shownIcon = 'offline'
  let shownMenu = ''
  return {
    render: (state, text) => {
      const icon = trayIconName(state)
      if (icon !== shownIcon) tray.setImage(load(icon))
      shownIcon = icon
      const menu = JSON.stringify([state, text.locale])
      if (menu === shownMenu) return
      shownMenu = menu
      tray.setToolTip(trayTooltip(state, text))
      tray.setContextMenu(Menu.buildFromTemplate(buildTrayMenu(state, actions, text)))
    },
    destroy: () => tray.destroy(),
  }
}
