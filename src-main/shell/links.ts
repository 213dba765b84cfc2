/**
 * Links that leave Linnet: only a few schemes are opened, each parsed and written anew, so that the system gets what was
 * checked and nothing else (attack S10). An `xmpp:` link stays inside, as data for a dialog (attack S11).
 */
import { UserError } from '../contract/errors.ts'
import { parseXmppUri, type XmppUri } from '../model/xmpp-uri.ts'

const MAX_LENGTH = 8192
const OPENED_OUTSIDE = new Set(['http:', 'https:', 'mailto:'])

export type Link =
  | { readonly kind: 'outside'; readonly url: string }
  | { readonly kind: 'xmpp'; readonly uri: XmppUri }
  | { readonly kind: 'refused'; readonly scheme: string }

export function checkLink(text: string): Link {
  if (text.length > MAX_LENGTH || /[\p{Cc}\s]/u.test(text) || !URL.canParse(text))
    return { kind: 'refused', scheme: '' }
  const url = new URL(text)
  if (url.protocol === 'xmpp:') {
    const uri = parseXmppUri(text)
    return uri === undefined ? { kind: 'refused', scheme: 'xmpp' } : { kind: 'xmpp', uri }
  }
  if (!OPENED_OUTSIDE.has(url.protocol) || url.username !== '' || url.password !== '') {
    return { kind: 'refused', scheme: url.protocol.slice(0, -1) }
  }
  return { kind: 'outside', url: url.href }
}

export interface LinkTools {
  /** Electron's shell.openExternal. */
  openOutside(url: string): Promise<void>
  showLink(uri: XmppUri): void
}

/** Throws UserError 'link-refused' for anything that is not on the list. */
export async function openLink(text: string, tools: LinkTools): Promise<void> {
  const link = checkLink(text)
  if (link.kind === 'refused') throw new UserError({ code: 'link-refused', detail: link.scheme })
  if (link.kind === 'xmpp') return tools.showLink(link.uri)
  await tools.openOutside(link.url)
}
