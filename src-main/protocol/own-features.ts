/** What Linnet tells others it is and can do (XEP-0030, XEP-0115), and the requests that every client answers. */
import type { Iq } from './iq.ts'
import { present } from './stanza.ts'
import * as disco from './xep-0030-service-discovery.ts'
import * as version from './xep-0092-version.ts'
import * as caps from './xep-0115-capabilities.ts'
import * as ping from './xep-0199-ping.ts'

const NAME = 'Linnet'
const NODE = 'https://linnet.im'

export const ownInfo: disco.DiscoInfo = {
  identities: [{ category: 'client', type: 'pc', name: NAME }],
  features: [disco, version, caps, ping].flatMap((xep) => xep.features).sort(),
}

/** Goes with each available presence. */
export const ownCaps: caps.Caps = caps.capsOf(ownInfo, NODE)

/** `platform` is told to whoever asks; leave it out unless the user agreed (XEP-0092 §5). */
export function registerStandardAnswers(
  iq: Iq,
  about: { readonly version: string; readonly platform?: string },
): void {
  disco.answerDiscoInfo(iq, ownInfo, [`${ownCaps.node}#${ownCaps.ver}`])
  version.answerVersion(iq, () => ({ name: NAME, version: about.version, ...present('os', about.platform) }))
  ping.answerPing(iq)
}
