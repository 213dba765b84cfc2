/** XEP-0245: The /me Command, version 1.0. https://xmpp.org/extensions/xep-0245.html */

const COMMAND = '/me '

/**
 * What the sender says they do, as in `/me laughs`; undefined when the body says something else. The match is on the first
 * four characters and nothing more (§2), so `/me's` and ` /me` are words like any other.
 */
export function parseAction(body: string): string | undefined {
  return body.startsWith(COMMAND) ? body.slice(COMMAND.length) : undefined
}
