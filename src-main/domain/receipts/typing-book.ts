/** Who is typing to us now, in memory, by account, address and device. */
import type { BareJid } from '../../model/jid.ts'
import type { Typist } from '../../model/receipts.ts'
import type { Events } from '../app.types.ts'

/** Whoever says nothing for so long has stopped, whatever was last heard. */
export const TYPING_TIMEOUT_MS = 120_000
/** More devices than anybody has; beyond it a contact would only fill our memory. */
const MAX_DEVICES = 8

export interface TypingBook {
  list(): readonly Typist[]
  start(accountId: number, jid: BareJid, resource: string): void
  /** Without a resource: on no device any more. */
  stop(accountId: number, jid: BareJid, resource?: string): void
  /** The stream has ended, or the account is gone. */
  clear(accountId: number): void
}

interface Entry extends Typist {
  readonly devices: Map<string, NodeJS.Timeout>
}

export function createTypingBook(events: Events): TypingBook {
  const entries = new Map<string, Entry>()

  function stop(accountId: number, jid: BareJid, resource?: string): void {
    const entry = entries.get(keyOf(accountId, jid))
    if (entry === undefined) return
    for (const [device, timer] of entry.devices) {
      if (resource !== undefined && device !== resource) continue
      clearTimeout(timer)
      entry.devices.delete(device)
    }
    if (entry.devices.size > 0) return
    entries.delete(keyOf(accountId, jid))
    events.emit('typing.changed', { accountId, jid, typing: false })
  }

  return {
    list: () => [...entries.values()].map(({ accountId, jid }) => ({ accountId, jid })),
    start(accountId, jid, resource) {
      const known = entries.get(keyOf(accountId, jid))
      const { devices } = known ?? { devices: new Map<string, NodeJS.Timeout>() }
      if (devices.size >= MAX_DEVICES && !devices.has(resource)) return
      clearTimeout(devices.get(resource))
      const timer = setTimeout(() => stop(accountId, jid, resource), TYPING_TIMEOUT_MS)
      devices.set(resource, timer)
      if (known !== undefined) return
      entries.set(keyOf(accountId, jid), { accountId, jid, devices })
      events.emit('typing.changed', { accountId, jid, typing: true })
    },
    stop,
    clear(accountId) {
      for (const { accountId: of, jid } of entries.values()) if (of === accountId) stop(of, jid)
    },
  }
}

/** No address has a space. */
function keyOf(accountId: number, jid: BareJid): string {
  return `${accountId} ${jid}`
}
