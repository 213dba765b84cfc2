/** What the handlers of commands work with. */
import type { Environment } from '../../contract/snapshot.ts'
import type { App } from '../../domain/app.types.ts'
import type { Files } from '../files.ts'
import type { Backups } from '../backups.ts'
import type { Exporter } from '../export/exporter.ts'
import type { About } from '../about/about.ts'
import type { Updates } from '../about/updates.ts'
import type { Spelling } from '../spelling.ts'
import type { Startup } from '../startup.ts'
import type { WaitingInvitation } from '../waiting-invitation.ts'
import type { Windows } from '../windows/registry.ts'
import type { Broadcast } from './broadcast.ts'

/** What the shell itself does for a command. */
export interface Desktop {
  environment(): Environment
  quit(): void
  openOutside(url: string): Promise<void>
  copyText(text: string): Promise<void>
  showLog(): void
  /** Ends, and begins anew. */
  restart(): void
}

export interface HandlerTools {
  readonly app: App
  readonly windows: Windows
  readonly broadcast: Broadcast
  readonly desktop: Desktop
  readonly files: Files
  readonly exporter: Exporter
  readonly backups: Backups
  readonly startup: Startup
  readonly spelling: Spelling
  readonly about: About
  readonly updates: Updates
  readonly invitation: WaitingInvitation
}
