/** The archive on Prosody. */
import { startProsody } from '../helpers/prosody.ts'
import { testArchiveOn } from './archive-on.ts'

// As Prosody comes: pages of fifty, whatever is asked for.
testArchiveOn(() => startProsody({ extraConfig: 'max_archive_query_results = 50' }))
