/** Links to rooms (XEP-0147, XEP-0045 §16.7). */

/** Signs that a link's address may hold as they are (RFC 5122 §2.2) stay readable. */
export function roomLink(jid: string): string {
  return `xmpp:${encodeURIComponent(jid).replaceAll('%40', '@')}?join`
}

export interface RoomAddress {
  readonly jid: string
  readonly password?: string
}

/** What somebody typed or pasted, as an address of a room or of a service: with or without what makes it a link. */
export function readRoomAddress(text: string): RoomAddress {
  const typed = text.trim()
  if (!/^xmpp:/i.test(typed)) return { jid: typed }
  const [address = '', query = ''] = typed.slice('xmpp:'.length).split('?', 2)
  const password = /(?:^|;)password=([^;]*)/.exec(query)?.[1]
  const jid = decoded(address.replace(/^\/+/, ''))
  return { jid, ...(password === undefined || password === '' ? {} : { password: decoded(password) }) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
