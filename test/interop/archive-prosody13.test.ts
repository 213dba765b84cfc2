/** The archive on Prosody 13, where Bind 2 has the last word on what was said offline. */
import { startProsody13 } from '../helpers/prosody13.ts'
import { testArchiveOn } from '../integration/archive-on.ts'

testArchiveOn(() => startProsody13())
