/** What Linnet tells others it is and can do (XEP-0030, XEP-0115), and the requests that every client answers. */
import type { EntityTime, LastActivity, SoftwareVersion } from '../model/entity.ts'
import type { Jid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import * as lastActivity from './xep-0012-last-activity.ts'
import * as disco from './xep-0030-service-discovery.ts'
import * as avatar from './xep-0084-avatar.ts'
import * as chatStates from './xep-0085-chat-states.ts'
import * as version from './xep-0092-version.ts'
import * as caps from './xep-0115-capabilities.ts'
import * as nick from './xep-0172-nick.ts'
import * as receipts from './xep-0184-receipts.ts'
import * as ping from './xep-0199-ping.ts'
import * as time from './xep-0202-entity-time.ts'
import * as markers from './xep-0333-markers.ts'
import * as directInvitations from './xep-0249-direct-invitations.ts'
import * as correction from './xep-0308-message-correction.ts'
import * as spoilers from './xep-0382-spoilers.ts'
import * as styling from './xep-0393-styling.ts'
import * as bookmarks from './xep-0402-bookmarks.ts'
import * as retraction from './xep-0424-retraction.ts'
import * as reactions from './xep-0444-reactions.ts'
import * as displayed from './xep-0490-displayed.ts'
import * as fallback from './xep-0428-fallback.ts'
import * as replies from './xep-0461-replies.ts'
import * as mentions from './xep-0513-mentions.ts'
import * as muc from './xep-0045-muc/index.ts'

const NAME = 'Linnet'
const NODE = 'https://linnet.im'

/** What the user lets contacts know: only that is among the features. */
export interface Told {
  readonly version: boolean
  readonly time: boolean
  readonly idle: boolean
  readonly delivered: boolean
  readonly displayed: boolean
  readonly typing: boolean
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
    ...(told.delivered ? [receipts] : []),
    ...(told.displayed ? [markers] : []),
    ...(told.typing ? [chatStates] : []),
  ]
  return {
    identities: [{ category: 'client', type: 'pc', name: NAME }],
    features: [
      ...[disco, caps, ping, styling, spoilers, fallback, replies, displayed],
      ...[correction, retraction, reactions, bookmarks, directInvitations, muc, mentions, avatar, nick],
      ...optional,
    ]
      .flatMap((xep) => xep.features)
      .sort(),
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
