/** Wakes the connections: after sleep, after the screen was unlocked, and when the network is back. */
import { net, powerMonitor } from 'electron'

const NETWORK_POLL_MS = 3000

export function attachPower(wake: () => void): void {
  powerMonitor.on('resume', wake)
  powerMonitor.on('unlock-screen', wake)
  // Electron has no event for it; asking is a look at a flag that Chromium keeps.
  let online = net.isOnline()
  setInterval(() => {
    const now = net.isOnline()
    if (now && !online) wake()
    online = now
  }, NETWORK_POLL_MS).unref()
}
