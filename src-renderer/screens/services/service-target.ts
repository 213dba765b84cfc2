/** Which service a dialog is about. */
export interface ServiceTarget {
  readonly accountId: number
  readonly jid: string
  readonly name: string
  /** What is to be asked again afterwards. */
  readonly done?: () => void
}
