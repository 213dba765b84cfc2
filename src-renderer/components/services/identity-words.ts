/** What an entity says it is (XEP-0030 identities), in words; raw where there are none. */
import type { Identity } from '../../../src-main/model/services.ts'
import type { TextKey, Translate } from '../../../src-main/text/text.ts'

/** By category and type; a category alone stands for its other types. */
const KINDS: Readonly<Record<string, TextKey>> = {
  'account/admin': 'services.kindAdmin',
  account: 'services.kindAccount',
  'automation/command-list': 'services.kindCommands',
  'automation/command-node': 'services.kindCommand',
  'automation/translation': 'services.kindTranslation',
  automation: 'services.kindAutomation',
  'client/bot': 'services.kindBot',
  'client/console': 'services.kindConsole',
  'client/handheld': 'services.kindPhone',
  'client/pc': 'services.kindComputer',
  'client/phone': 'services.kindPhone',
  'client/sms': 'services.kindPhone',
  'client/web': 'services.kindWeb',
  client: 'services.kindClient',
  component: 'services.kindComponent',
  'conference/irc': 'services.kindIrcRooms',
  conference: 'services.kindRooms',
  'directory/chatroom': 'services.kindRoomDirectory',
  directory: 'services.kindDirectory',
  headline: 'services.kindNews',
  hierarchy: 'services.kindFolder',
  'proxy/bytestreams': 'services.kindProxy',
  'pubsub/pep': 'services.kindPep',
  pubsub: 'services.kindPubsub',
  server: 'services.kindServer',
  'store/file': 'services.kindFiles',
  store: 'services.kindStore',
}

const NETWORKS: Readonly<Record<string, TextKey>> = {
  aim: 'services.networkAim',
  discord: 'services.networkDiscord',
  email: 'services.networkEmail',
  facebook: 'services.networkFacebook',
  'gadu-gadu': 'services.networkGadu',
  'http-ws': 'services.networkXmpp',
  icq: 'services.networkIcq',
  irc: 'services.networkIrc',
  matrix: 'services.networkMatrix',
  mattermost: 'services.networkMattermost',
  mrim: 'services.networkMrim',
  msn: 'services.networkMsn',
  qq: 'services.networkQq',
  signal: 'services.networkSignal',
  simple: 'services.networkSip',
  sip: 'services.networkSip',
  skype: 'services.networkMsn',
  sms: 'services.networkSms',
  smtp: 'services.networkEmail',
  steam: 'services.networkSteam',
  telegram: 'services.networkTelegram',
  twitter: 'services.networkTwitter',
  vk: 'services.networkVk',
  wechat: 'services.networkWechat',
  whatsapp: 'services.networkWhatsapp',
  xmpp: 'services.networkXmpp',
  yahoo: 'services.networkYahoo',
}

export function identityWords(t: Translate, identity: Pick<Identity, 'category' | 'type'>): string {
  const { category, type } = identity
  if (category === 'gateway') return gatewayWords(t, type)
  const key = ownEntry(KINDS, `${category}/${type}`) ?? ownEntry(KINDS, category)
  return key === undefined ? t('services.kindOther', { category, type }) : t(key)
}

function gatewayWords(t: Translate, type: string): string {
  const network = ownEntry(NETWORKS, type)
  if (network === undefined) return t('services.kindOtherGateway', { type })
  return t('services.kindGateway', { network: t(network) })
}

/** Each kind once. */
export function identitiesWords(t: Translate, identities: readonly Identity[]): string {
  const words = [...new Set(identities.map((identity) => identityWords(t, identity)))]
  return words.length === 0 ? t('services.kindUnknown') : words.join(' · ')
}

/** The name an entity gives itself: in the user's language where it has one. */
export function nameOf(identities: readonly Identity[], language: string): string | undefined {
  const named = identities.filter(({ name = '' }) => name.trim() !== '')
  const short = language.slice(0, 2)
  return (
    named.find((each) => each.language?.startsWith(short)) ??
    named.find((each) => !each.language) ??
    named[0]
  )?.name
}

function ownEntry(table: Readonly<Record<string, TextKey>>, key: string): TextKey | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
