/** How much may wait for messages that are not here, so that nobody fills the disk with what is about nothing. */
import type { WaitingBounds } from '../../storage/actions.types.ts'

export const WAITING_BOUNDS: WaitingBounds = { perSender: 500, perAccount: 5000 }
