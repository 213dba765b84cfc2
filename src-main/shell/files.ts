/** Files that the user picks in the system's own dialog: what is read is bounded, what is written replaces a whole file. */
import { BrowserWindow, dialog, type FileFilter } from 'electron'
import { join } from 'node:path'
import type { TextKey, Translate } from '../text/text.ts'
import { readTextFile, replaceFile, type ReadFile } from './text-file.ts'

/** A kind of file that Linnet reads or writes. */
export interface FileKind {
  /** Its name in the dialog's list. */
  readonly label: TextKey
  readonly extensions: readonly string[]
  /** Proposed when saving. */
  readonly fileName: string
  readonly maxBytes: number
}

export type OpenedFile = ReadFile | { readonly kind: 'cancelled' }

export interface Files {
  /** False when the user thought better of it. Throws UserError 'file-not-written'. */
  save(windowId: number, kind: FileKind, content: () => string): Promise<boolean>
  open(windowId: number, kind: FileKind): Promise<OpenedFile>
  /** Only asks where; undefined when the user thought better of it. */
  chooseTarget(windowId: number, kind: FileKind): Promise<string | undefined>
  chooseSource(windowId: number, kind: FileKind): Promise<string | undefined>
}

export interface FilesOptions {
  readonly text: () => Translate
  /** Where the dialogs start. */
  readonly folder: () => string
}

export function createFiles({ text, folder }: FilesOptions): Files {
  const filtersOf = ({ label, extensions }: FileKind): FileFilter[] => [
    { name: text()(label), extensions: [...extensions] },
  ]
  async function chooseTarget(windowId: number, kind: FileKind): Promise<string | undefined> {
    const options = { defaultPath: join(folder(), kind.fileName), filters: filtersOf(kind) }
    const window = BrowserWindow.fromId(windowId)
    const { canceled, filePath } = await (window === null
      ? dialog.showSaveDialog(options)
      : dialog.showSaveDialog(window, options))
    return canceled || filePath === '' ? undefined : filePath
  }
  async function chooseSource(windowId: number, kind: FileKind): Promise<string | undefined> {
    const options = { defaultPath: folder(), filters: filtersOf(kind), properties: ['openFile' as const] }
    const window = BrowserWindow.fromId(windowId)
    const { canceled, filePaths } = await (window === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(window, options))
    return canceled ? undefined : filePaths[0]
  }
  return {
    chooseTarget,
    chooseSource,
    async save(windowId, kind, content) {
      const file = await chooseTarget(windowId, kind)
      if (file === undefined) return false
      await replaceFile(file, content())
      return true
    },
    async open(windowId, kind) {
      const file = await chooseSource(windowId, kind)
      return file === undefined ? { kind: 'cancelled' } : readTextFile(file, kind.maxBytes)
    },
  }
}
