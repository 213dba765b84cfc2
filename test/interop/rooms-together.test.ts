/** Three Linnets in rooms on ejabberd 24.12, as on Prosody. */
import { startEjabberd } from '../helpers/ejabberd.ts'
import { testRoomsOn } from '../integration/rooms-on.ts'

testRoomsOn(() => startEjabberd({ rooms: true }))
