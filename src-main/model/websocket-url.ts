/** Addresses of XMPP over WebSocket (RFC 7395): which of them may be used at all. */

/** Longer than any that is meant. */
const MAX_LENGTH = 2048

/**
 * Undefined for what is not the address of an encrypted WebSocket: `ws:` (TLS is not optional), any other scheme, one
 * without a host, with a name and password in it, or with a fragment (RFC 6455 §3 forbids it).
 */
export function parseWebSocketUrl(text: string): URL | undefined {
  const trimmed = text.trim()
  if (trimmed.length > MAX_LENGTH || !URL.canParse(trimmed)) return undefined
  const url = new URL(trimmed)
  const plain = url.username === '' && url.password === '' && !trimmed.includes('#')
  return url.protocol === 'wss:' && url.hostname !== '' && plain ? url : undefined
}
