/** Well-known features (XEP-0030) in words; others have only their raw name. */
import type { TextKey } from '../../../src-main/text/text.ts'

const FEATURES: Readonly<Record<string, TextKey>> = {
  'http://jabber.org/protocol/bob': 'services.canBob',
  'http://jabber.org/protocol/bytestreams': 'services.canBytestreams',
  'http://jabber.org/protocol/caps': 'services.canCaps',
  'http://jabber.org/protocol/chatstates': 'services.canChatStates',
  'http://jabber.org/protocol/commands': 'services.canCommands',
  'http://jabber.org/protocol/disco#info': 'services.canInfo',
  'http://jabber.org/protocol/disco#items': 'services.canItems',
  'http://jabber.org/protocol/ibb': 'services.canBytestreams',
  'http://jabber.org/protocol/muc': 'services.canRooms',
  'http://jabber.org/protocol/nick': 'services.canNick',
  'http://jabber.org/protocol/offline': 'services.canOffline',
  'http://jabber.org/protocol/pubsub': 'services.canPubsub',
  'http://jabber.org/protocol/rsm': 'services.canResultSets',
  'http://jabber.org/protocol/si': 'services.canBytestreams',
  'http://jabber.org/protocol/si/profile/file-transfer': 'services.canBytestreams',
  'http://jabber.org/protocol/xhtml-im': 'services.canXhtml',
  'jabber:iq:gateway': 'services.canGateway',
  'jabber:iq:last': 'services.canLast',
  'jabber:iq:private': 'services.canPrivate',
  'jabber:iq:register': 'services.canRegister',
  'jabber:iq:roster': 'services.canRoster',
  'jabber:iq:search': 'services.canSearch',
  'jabber:iq:time': 'services.canTime',
  'jabber:iq:version': 'services.canVersion',
  'jabber:x:conference': 'services.canInvites',
  'jabber:x:data': 'services.canForms',
  'jabber:x:oob': 'services.canOob',
  msgoffline: 'services.canOffline',
  'urn:ietf:params:xml:ns:vcard-4.0': 'services.canVcard',
  'urn:ietf:params:xml:ns:xmpp-session': 'services.canSession',
  'urn:xmpp:attention:0': 'services.canAttention',
  'urn:xmpp:avatar:data': 'services.canAvatar',
  'urn:xmpp:blocking': 'services.canBlocking',
  'urn:xmpp:bookmarks:1#compat': 'services.canBookmarks',
  'urn:xmpp:bookmarks:1#compat-pep': 'services.canBookmarks',
  'urn:xmpp:carbons:2': 'services.canCarbons',
  'urn:xmpp:carbons:rules:0': 'services.canCarbons',
  'urn:xmpp:chat-markers:0': 'services.canMarkers',
  'urn:xmpp:delay': 'services.canDelay',
  'urn:xmpp:extdisco:1': 'services.canExternal',
  'urn:xmpp:extdisco:2': 'services.canExternal',
  'urn:xmpp:http:upload': 'services.canUpload',
  'urn:xmpp:http:upload:0': 'services.canUpload',
  'urn:xmpp:jingle:1': 'services.canJingle',
  'urn:xmpp:jingle:apps:rtp:audio': 'services.canAudio',
  'urn:xmpp:jingle:apps:rtp:video': 'services.canVideo',
  'urn:xmpp:mam:2': 'services.canArchive',
  'urn:xmpp:message-correct:0': 'services.canCorrection',
  'urn:xmpp:message-moderate:0': 'services.canModeration',
  'urn:xmpp:omemo:2': 'services.canOmemo',
  'eu.siacs.conversations.axolotl.devicelist+notify': 'services.canOmemo',
  'urn:xmpp:ping': 'services.canPing',
  'urn:xmpp:push:0': 'services.canPush',
  'urn:xmpp:reactions:0': 'services.canReactions',
  'urn:xmpp:receipts': 'services.canReceipts',
  'urn:xmpp:sic:1': 'services.canSic',
  'urn:xmpp:sid:0': 'services.canStanzaIds',
  'urn:xmpp:time': 'services.canTime',
  'vcard-temp': 'services.canVcard',
}

/** Undefined: there are no words for it. */
export function featureWords(feature: string): TextKey | undefined {
  if (Object.hasOwn(FEATURES, feature)) return FEATURES[feature]
  // A family of names: pubsub#publish, pubsub#retrieve-items…
  if (feature.startsWith('http://jabber.org/protocol/pubsub')) return 'services.canPubsub'
  if (feature.startsWith('muc_')) return 'services.canRooms'
  return feature.startsWith('urn:xmpp:mam:') ? 'services.canArchive' : undefined
}
