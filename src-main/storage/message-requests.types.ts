/** Conversations that strangers began: what the domain may ask of the database. */
export interface MessageRequestsStorage {
  setRequest(conversationId: number, waits: boolean): void
  /** How many wait for this account. */
  countRequests(accountId: number): number
  /** With its messages; of a request these are few. */
  deleteConversation(conversationId: number): void
  /** Ids in the archive of what the other one said last, the newest first. */
  listStanzaIds(conversationId: number, most: number): readonly string[]
}
