/** Who opens `xmpp:` links. Linux (desktop entry) and macOS (Info.plist) read it from the package; Windows must be told. */
import { app } from 'electron'

/** Only where no other program has them: the user's choice stays. Never in development: the path would be Electron's. */
export function claimLinks(): void {
  if (!app.isPackaged || process.platform !== 'win32') return
  if (app.getApplicationNameForProtocol('xmpp:') === '') app.setAsDefaultProtocolClient('xmpp')
}
