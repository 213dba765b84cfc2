/** What happens when the database fails while something comes in: nothing is acknowledged that was not stored. */
import { StorageError } from '../storage/storage.ts'
import type { Link } from './link.ts'
import type { Notices } from './notices.ts'
import type { Tools } from './tools.ts'

/**
 * Where the database can take nothing, the stream ends with the stanza unacknowledged, so that the server keeps it and
 * sends it again to a later stream. Any other error is logged and the stanza lost: it would fail again for ever.
 */
export function guardStorage(tools: Tools, link: Link, body: () => void): void {
  try {
    body()
  } catch (error) {
    if (isStorageDown(error, tools.raised)) {
      tools.log('domain/storage', 'error', 'the database takes nothing: the stream ends', { error })
      link.end({ code: 'network', detail: `local database: ${error.code}` })
    } else {
      tools.log('domain/storage', 'error', 'a stanza could not be taken in', { error })
    }
  }
}

/**
 * Whether the database can't take anything now, whatever it is given; and if so, tells the user about a full disk.
 * False for a fault of the single row ('other').
 */
function isStorageDown(error: unknown, notices: Notices): error is StorageError {
  if (!(error instanceof StorageError) || error.code === 'other') return false
  if (error.code === 'disk-full') notices.raise({ code: 'disk-full', detail: error.message })
  return true
}
