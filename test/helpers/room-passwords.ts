/** Passwords of rooms, as the shell keeps them for the domain: here in memory. */
import type { RoomPasswords } from '../../src-main/domain/app.types.ts'

export function rememberRoomPasswords(): RoomPasswords {
  const passwords = new Map<string, string>()
  const keyOf = (accountId: number, room: string): string => `${accountId} ${room}`
  return {
    get: (accountId, room) => passwords.get(keyOf(accountId, room)),
    keep: (accountId, room, password) => void passwords.set(keyOf(accountId, room), password),
    forget: (accountId, room) => void passwords.delete(keyOf(accountId, room)),
  }
}
