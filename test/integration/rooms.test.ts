/** Rooms on Prosody. */
import { startProsody } from '../helpers/prosody.ts'
import { testRoomsOn } from './rooms-on.ts'

testRoomsOn(() => startProsody())
