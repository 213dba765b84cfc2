/** The archive on ejabberd 24.12, as on Prosody. */
import { startEjabberd } from '../helpers/ejabberd.ts'
import { testArchiveOn } from '../integration/archive-on.ts'

testArchiveOn(() => startEjabberd({ archive: true }))
