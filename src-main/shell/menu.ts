/** The application menu (seen on macOS, hidden behind Alt elsewhere; its shortcuts work everywhere) and the text menu. */
import type { MenuItemConstructorOptions } from 'electron'
import type { Translate } from '../text/text.ts'

export interface MenuOptions {
  readonly platform: NodeJS.Platform
  readonly development: boolean
  readonly openConsole: () => void
  readonly zoom: (step: 'in' | 'out' | 'reset') => void
}

export function buildApplicationMenu(text: Translate, options: MenuOptions): MenuItemConstructorOptions[] {
  const first = options.platform === 'darwin' ? macMenu(text) : fileMenu(text)
  return [first, editMenu(text), viewMenu(text, options), windowMenu(text)]
}

function macMenu(text: Translate): MenuItemConstructorOptions {
  return {
    label: 'Linnet',
    submenu: [
      { role: 'about', label: text('desktop.menuAbout') },
      { type: 'separator' },
      { role: 'hide', label: text('desktop.menuHide') },
      { role: 'hideOthers', label: text('desktop.menuHideOthers') },
      { role: 'unhide', label: text('desktop.menuShowAll') },
      { type: 'separator' },
      { role: 'quit', label: text('desktop.quit') },
    ],
  }
}

function fileMenu(text: Translate): MenuItemConstructorOptions {
  const quit = { role: 'quit', label: text('desktop.quit'), accelerator: 'CommandOrControl+Q' } as const
  return { label: text('desktop.menuFile'), submenu: [quit] }
}

function editMenu(text: Translate): MenuItemConstructorOptions {
  return {
    label: text('desktop.menuEdit'),
    submenu: [
      { role: 'undo', label: text('desktop.menuUndo') },
      { role: 'redo', label: text('desktop.menuRedo') },
      { type: 'separator' },
      { role: 'cut', label: text('desktop.menuCut') },
      { role: 'copy', label: text('desktop.menuCopy') },
      { role: 'paste', label: text('desktop.menuPaste') },
      { role: 'selectAll', label: text('desktop.menuSelectAll') },
    ],
  }
}

function viewMenu(
  text: Translate,
  { development, openConsole, zoom }: MenuOptions,
): MenuItemConstructorOptions {
  const zoomIn = {
    label: text('desktop.menuZoomIn'),
    accelerator: 'CommandOrControl+Plus',
    click: () => zoom('in'),
  }
  return {
    label: text('desktop.menuView'),
    submenu: [
      {
        label: text('desktop.menuZoomReset'),
        accelerator: 'CommandOrControl+0',
        click: () => zoom('reset'),
      },
      zoomIn,
      // Ctrl and the plus key without Shift.
      { ...zoomIn, accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
      {
        label: text('desktop.menuZoomOut'),
        accelerator: 'CommandOrControl+-',
        click: () => zoom('out'),
      },
      { type: 'separator' },
      { role: 'togglefullscreen', label: text('desktop.menuFullScreen') },
      { type: 'separator' },
      { label: text('console.title'), accelerator: 'CommandOrControl+Shift+X', click: openConsole },
      ...(development ? ([{ role: 'reload' }, { role: 'toggleDevTools' }] as const) : []),
    ],
  }
}

function windowMenu(text: Translate): MenuItemConstructorOptions {
  return {
    label: text('desktop.menuWindow'),
    submenu: [
      { role: 'minimize', label: text('desktop.menuMinimize') },
      { role: 'close', label: text('desktop.menuClose') },
    ],
  }
}

export interface TextContext {
  readonly isEditable: boolean
  readonly hasSelection: boolean
  /** A word that the speller does not know, and what it would put in its place. */
  readonly misspelt?: { readonly word: string; readonly suggestions: readonly string[] } | undefined
}

export interface SpellingActions {
  replace(word: string): void
  learn(word: string): void
}

/** The menu of a right click on text; empty where there is nothing to do with it. */
export function buildTextMenu(
  { isEditable, hasSelection, misspelt }: TextContext,
  text: Translate,
  actions: SpellingActions,
): MenuItemConstructorOptions[] {
  const copy = { role: 'copy', label: text('desktop.menuCopy'), enabled: hasSelection } as const
  if (!isEditable) return hasSelection ? [copy] : []
  return [
    ...(misspelt === undefined ? [] : spellingItems(misspelt, text, actions)),
    { role: 'cut', label: text('desktop.menuCut'), enabled: hasSelection },
    copy,
    { role: 'paste', label: text('desktop.menuPaste') },
    { type: 'separator' },
    { role: 'selectAll', label: text('desktop.menuSelectAll') },
  ]
}

function spellingItems(
  { word, suggestions }: NonNullable<TextContext['misspelt']>,
  text: Translate,
  { replace, learn }: SpellingActions,
): MenuItemConstructorOptions[] {
  const offered = suggestions.map((one) => ({ label: one.replaceAll('&', '&&'), click: () => replace(one) }))
  const none = [{ label: text('preferences.noSuggestion'), enabled: false }]
  return [
    ...(offered.length > 0 ? offered : none),
    { label: text('preferences.learnWord'), click: () => learn(word) },
    { type: 'separator' },
  ]
}
