/** Pictures (XEP-0084, XEP-0153, XEP-0398) and nicknames (XEP-0172) on the newer servers. */
import { startEjabberd } from '../helpers/ejabberd.ts'
import { startProsody13 } from '../helpers/prosody13.ts'
import { testProfileOn } from '../integration/profile-on.ts'

testProfileOn('Prosody 13', () => startProsody13())
testProfileOn('ejabberd 24.12', () => startEjabberd())
