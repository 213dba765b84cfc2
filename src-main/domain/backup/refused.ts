/** Why a backup can not be read. */

/**
 * password: not the one it was made with (or its first bytes were changed); damaged: changed or cut off behind them; foreign: no
 * backup of Linnet; newer: made by a later Linnet.
 */
export type RefusalReason = 'password' | 'damaged' | 'foreign' | 'newer'

export class BackupRefused extends Error {
  override readonly name = 'BackupRefused'
  constructor(readonly reason: RefusalReason) {
    super(reason)
  }
}
