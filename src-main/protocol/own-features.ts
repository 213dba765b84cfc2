/** What Linnet tells others it is and can do (XEP-0030, XEP-0115), and the requests that every client answers. */
import type { EntityTime, LastActivity, SoftwareVersion } from '../model/entity.ts'
import type { Jid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import * as lastActivity from './xep-0012-last-activity.ts'
import * as disco from './xep-0030-service-discovery.ts'
import * as version from './xep-0092-version.ts'
import * as caps from './xep-0115-capabilities.ts'
import * as ping from './xep-0199-ping.ts'
import * as time from './xep-0202-entity-time.ts'
import * as styling from './xep-0393-styling.ts'

const NAME = 'Linnet'
const NODE = 'https://linnet.im'

/** What the user lets contacts know: only that is among the features. */
export interface Told {
  readonly version: boolean
  readonly time: boolean
  readonly idle: boolean
}

/** Answers by asker; undefined where that one is to learn nothing. Who is to learn nothing at all is Iq's to refuse. */
export interface StandardAnswers {
  told(): Told
  version(from: Jid): Omit<SoftwareVersion, 'name'> | undefined
  time(from: Jid): EntityTime | undefined
  lastActivity(from: Jid): LastActivity | undefined
}

export function ownInfo(told: Told): disco.DiscoInfo {
  const optional = [
    ...(told.version ? [version] : []),
    ...(told.time ? [time] : []),
    ...(told.idle ? [lastActivity] : []),
  ]
  return {
    identities: [{ category: 'client', type: 'pc', name: NAME }],
    features: [disco, caps, ping, styling, ...optional].flatMap((xep) => xep.features).sort(),
  }
}

/** Goes with each available presence. */
export function ownCaps(told: Told): caps.Caps {
  return caps.capsOf(ownInfo(told), NODE)
}

export function registerStandardAnswers(iq: Iq, answers: StandardAnswers): void {
  disco.answerDiscoInfo(iq, () => {
    const { node, ver } = ownCaps(answers.told())
    return { info: ownInfo(answers.told()), nodes: [`${node}#${ver}`] }
  })
  disco.answerDiscoItems(iq)
  version.answerVersion(iq, (from) => {
    const told = answers.version(from)
    return told === undefined ? undefined : { name: NAME, ...told }
  })
  time.answerEntityTime(iq, answers.time)
  lastActivity.answerLastActivity(iq, answers.lastActivity)
  ping.answerPing(iq)
}
