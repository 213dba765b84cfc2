/** What the machine tells: it woke up, the network is back, nobody is at the keyboard, the screen is locked. */
import { net, powerMonitor } from 'electron'
import type { App } from '../domain/app.types.ts'
import { createIdleWatch, type IdleReading } from './idle-watch.ts'

const NETWORK_POLL_MS = 3000
const IDLE_POLL_MS = 5000
/** Who comes back wants to be seen at once. */
const AWAY_POLL_MS = 1000

export function attachPower(app: App): void {
  const wake = (): void => app.wake()
  powerMonitor.on('resume', wake)
  powerMonitor.on('unlock-screen', wake)
  // Electron has no event for it; asking is a look at a flag that Chromium keeps.
  let online = net.isOnline()
  setInterval(() => {
    const now = net.isOnline()
    if (now && !online) wake()
    online = now
  }, NETWORK_POLL_MS).unref()
  attachIdle(app)
}

function attachIdle(app: App): void {
  let locked = false
  let rules = app.state().awayRules
  const watch = createIdleWatch({
    read: () => readIdle(locked),
    rules: () => rules,
    now: Date.now,
    onChange: (idle) => app.setIdle(idle),
    onSource: (works) => app.setIdleSource(works),
  })
  const setLocked = (now: boolean) => (): void => {
    locked = now
    watch.look()
  }
  powerMonitor.on('lock-screen', setLocked(true))
  powerMonitor.on('unlock-screen', setLocked(false))
  app.events.on('presence.awayRulesChanged', (event) => {
    rules = event.rules
    watch.look()
  })
  const poll = (): void => {
    watch.look()
    setTimeout(poll, watch.idle().level === 'active' ? IDLE_POLL_MS : AWAY_POLL_MS).unref()
  }
  poll()
}

/** Linux sends no event for a lock, but some desktops answer when asked. */
function readIdle(locked: boolean): IdleReading {
  const isLocked = locked || powerMonitor.getSystemIdleState(1) === 'locked'
  return { idleSeconds: powerMonitor.getSystemIdleTime(), locked: isLocked }
}
