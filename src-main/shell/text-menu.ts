/** The menu of a right click on text: Electron brings none. */
import { app, Menu, type WebContents } from 'electron'
import type { Translate } from '../text/text.ts'
import { buildTextMenu } from './menu.ts'

export function attachTextMenu(text: () => Translate): void {
  const attach = (contents: WebContents): void => {
    contents.on('context-menu', (_event, { isEditable, selectionText }) => {
      const template = buildTextMenu({ isEditable, hasSelection: selectionText.trim() !== '' }, text())
      if (template.length > 0) Menu.buildFromTemplate(template).popup()
    })
  }
  app.on('web-contents-created', (_event, contents) => attach(contents))
}
