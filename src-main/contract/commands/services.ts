/** Services: discovery, forms, commands, capabilities: what the renderer may ask for. */
import * as v from 'valibot'
import { FIELD_TYPES } from '../../model/form.ts'
import { parseJid, type Jid } from '../../model/jid.ts'
import type {
  CommandItem,
  CommandStep,
  DiscoInfo,
  GatewayAddress,
  GatewayPrompt,
  Registration,
  ServiceItems,
} from '../../model/services.ts'
import { id, text } from '../fields.ts'

/** Any address, with a resource or without. */
const address = v.pipe(
  text(3071),
  v.transform((value) => parseJid(value.trim())),
  v.custom<Jid>((value) => value !== undefined),
)
const node = text(1024)
const service = v.strictObject({ accountId: id, jid: address })
const place = v.strictObject({ accountId: id, jid: address, node: v.optional(node) })
export const answers = v.pipe(
  v.array(
    v.strictObject({
      name: text(1024),
      type: v.picklist(FIELD_TYPES),
      values: v.pipe(v.array(text(65_536)), v.maxLength(2000)),
    }),
  ),
  v.maxLength(256),
)

export const servicesCommands = {
  /** What an address, or a node of it, is and can do; what it lists. */
  'service.fetchInfo': place,
  'service.fetchItems': place,

  /** These four are refused for the own server. */
  'service.fetchRegistration': service,
  /** Registers, or changes what was registered. */
  'service.register': v.strictObject({
    accountId: id,
    jid: address,
    kind: v.picklist(['form', 'legacy']),
    answers,
  }),
  'service.unregister': service,
  /** Presence to a gateway alone: it logs in to the other network, or out of it. */
  'service.logIn': service,
  'service.logOut': service,

  /** How a gateway asks for an address of its network, and the XMPP address for one. */
  'service.fetchPrompt': service,
  'service.translateAddress': v.strictObject({
    accountId: id,
    jid: address,
    address: v.pipe(text(1024), v.trim(), v.nonEmpty()),
  }),

  'command.list': service,
  /** One step of a command; without a session the first. */
  'command.run': v.strictObject({
    accountId: id,
    jid: address,
    node,
    action: v.picklist(['execute', 'prev', 'next', 'complete', 'cancel']),
    sessionId: v.optional(node),
    answers: v.optional(answers),
    /** For the words of the other side. */
    language: v.picklist(['en', 'zh-CN']),
  }),
} as const

/** Answers of these commands; one that is not named answers nothing. */
export interface ServicesOutputs {
  'service.fetchInfo': DiscoInfo
  'service.fetchItems': ServiceItems
  'service.fetchRegistration': Registration
  'service.fetchPrompt': GatewayPrompt
  'service.translateAddress': GatewayAddress
  'command.list': readonly CommandItem[]
  'command.run': CommandStep
}
