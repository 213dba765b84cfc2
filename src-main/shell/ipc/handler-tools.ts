/** What the handlers of commands work with. */
import type { Environment } from '../../contract/snapshot.ts'
import type { App } from '../../domain/app.types.ts'
import type { Files } from '../files.ts'
import type { Windows } from '../windows/registry.ts'
import type { Broadcast } from './broadcast.ts'

/** What the shell itself does for a command. */
export interface Desktop {
  environment(): Environment
  quit(): void
  openOutside(url: string): Promise<void>
  copyText(text: string): Promise<void>
  showLog(): void
}

export interface HandlerTools {
  readonly app: App
  readonly windows: Windows
  readonly broadcast: Broadcast
  readonly desktop: Desktop
  readonly files: Files
}
