/** The menu of a right click on text: Electron brings none. */
import { Menu, type WebContents } from 'electron'
import type { Translate } from '../text/text.ts'
import { onEachContents } from './contents.ts'
import { buildTextMenu } from './menu.ts'
import type { Spelling } from './spelling.ts'

export function attachTextMenu(text: () => Translate, spelling: Pick<Spelling, 'learn'>): void {
  const attach = (contents: WebContents): void => {
    contents.on('context-menu', (_event, params) => {
      const { isEditable, selectionText, misspelledWord: word, dictionarySuggestions: suggestions } = params
      const misspelt = word === '' ? undefined : { word, suggestions }
      const template = buildTextMenu(
        { isEditable, hasSelection: selectionText.trim() !== '', misspelt },
        text(),
        {
          replace: (chosen) => void contents.replaceMisspelling(chosen),
          learn: (learnt) => spelling.learn(learnt),
        },
      )
      if (template.length > 0) Menu.buildFromTemplate(template).popup()
    })
  }
  onEachContents(attach)
}
