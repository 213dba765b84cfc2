/** Deleting a conversation's history: what the domain may ask of the database. */

export interface ClearingStorage {
  /** Of the last message; undefined where there is none. */
  findLastPlace(conversationId: number): number | undefined
  /** At most so many up to that place; what is still to be sent stays. How many there were. */
  deleteSomeHistory(conversationId: number, upTo: number, most: number): number
  /** What an archive has up to this place stays away from now on. Call it while the messages are there. */
  keepCleared(conversationId: number, upTo: number): void
  isCleared(conversationId: number, place: number): boolean
}
