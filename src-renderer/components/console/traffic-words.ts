/** What the parts of the XML console are called. */
import type { StanzaFault, StanzaRisk, TemplateName, TrafficKind } from '../../../src-main/model/console.ts'
import type { TextKey } from '../../../src-main/text/text.ts'

export const KIND_WORDS: Readonly<Record<TrafficKind, TextKey>> = {
  message: 'console.kindMessage',
  presence: 'console.kindPresence',
  iq: 'console.kindIq',
  nonza: 'console.kindNonza',
}

export const TEMPLATE_WORDS: Readonly<Record<TemplateName, TextKey>> = {
  ping: 'console.templatePing',
  version: 'console.templateVersion',
  time: 'console.templateTime',
  last: 'console.templateLast',
  info: 'console.templateInfo',
  items: 'console.templateItems',
  roster: 'console.templateRoster',
  message: 'console.templateMessage',
  presence: 'console.templatePresence',
}

export const FAULT_WORDS: Readonly<Record<StanzaFault, TextKey>> = {
  empty: 'console.faultEmpty',
  'too-long': 'console.faultTooLong',
  unclosed: 'console.faultUnclosed',
  'wrong-end': 'console.faultWrongEnd',
  'bad-reference': 'console.faultReference',
  'bad-attribute': 'console.faultAttribute',
  'repeated-attribute': 'console.faultRepeated',
  'unknown-prefix': 'console.faultPrefix',
  'bad-character': 'console.faultCharacter',
  malformed: 'console.faultMalformed',
  'not-allowed': 'console.faultNotAllowed',
  'too-large': 'console.faultTooLarge',
  outside: 'console.faultOutside',
  several: 'console.faultSeveral',
  'no-stanza': 'console.faultNoStanza',
  'wrong-namespace': 'console.faultNamespace',
  'foreign-from': 'console.faultFrom',
  'bad-address': 'console.faultAddress',
  'iq-type': 'console.faultIqType',
  'iq-content': 'console.faultIqContent',
}

export const RISK_WORDS: Readonly<Record<StanzaRisk, TextKey>> = {
  'deletes-account': 'console.riskAccount',
  'changes-password': 'console.riskPassword',
  'removes-contact': 'console.riskContact',
  'ends-subscription': 'console.riskSubscription',
  'goes-offline': 'console.riskOffline',
  'deletes-data': 'console.riskData',
}
