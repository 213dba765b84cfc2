/**
 * RFC 6121 §5.1: a chat goes to the device that wrote last, by its full JID, until anything new is heard of that contact's
 * devices; then to the bare JID again, for the server to choose. Kept as long as the stream, never stored.
 */
import { bareOf, resourceOf, type BareJid, type FullJid, type Jid } from '../../model/jid.ts'

export interface ResourceLocks {
  /** A chat message came from there; a bare JID is no device and gets no lock. */
  wrote(from: Jid): void
  /** A message of a device that is not seen, a presence of any of its devices, an error: whom to reach is the server's choice again. */
  unlock(jid: Jid): void
  /** Where the next message goes. A device that is not (or no longer) seen to be there is never chosen. */
  recipient(counterpart: BareJid, isAvailable: (device: FullJid) => boolean): Jid
}

export function createResourceLocks(): ResourceLocks {
  const locks = new Map<BareJid, FullJid>()
  return {
    wrote(from) {
      if (resourceOf(from) !== undefined) locks.set(bareOf(from), from as FullJid)
    },
    unlock: (jid) => void locks.delete(bareOf(jid)),
    recipient(counterpart, isAvailable) {
      const device = locks.get(counterpart)
      return device !== undefined && isAvailable(device) ? device : counterpart
    },
  }
}
