/** Services: discovery, forms, commands, capabilities: plain types, what is announced, and what a window starts with. */
import type { DataForm } from './form.ts'
import type { BareJid, Jid } from './jid.ts'

/** XEP-0030: what an entity says it is. The name is its own word. */
export interface Identity {
  readonly category: string
  readonly type: string
  readonly name?: string
  /** Of the name, as `xml:lang`. */
  readonly language?: string
}

export interface DiscoInfo {
  readonly identities: readonly Identity[]
  readonly features: readonly string[]
  /** XEP-0128: more to know, as forms of type result; absent when there are none. */
  readonly forms?: readonly DataForm[]
}

/** What a hash of entity capabilities (XEP-0115) stands for. */
export type Capability = Pick<DiscoInfo, 'identities' | 'features'>

/** Something that an entity lists: another entity, or a node of one. */
export interface ServiceItem {
  readonly jid: Jid
  readonly node?: string
  readonly name?: string
}

export interface ServiceItems {
  readonly items: readonly ServiceItem[]
  /** More came than Linnet takes. */
  readonly truncated?: true
}

/** XEP-0066: a place on the web. */
export interface OutOfBandLink {
  /** As it came: whether it may be opened is decided when the user asks. */
  readonly url: string
  readonly description?: string
}

/** XEP-0077: what a service asks of who wants to use it. */
export interface Registration {
  readonly registered: boolean
  /** The service's words; empty when the form has its own. */
  readonly instructions: string
  /** Absent: it can be done at the link only, or there is nothing to fill in. */
  readonly form?: DataForm
  /** 'legacy': the form stands for the fields of XEP-0077 itself, whose names are known and whose labels are ours. */
  readonly kind: 'form' | 'legacy'
  readonly link?: OutOfBandLink
  /** Of an account that somebody was invited to: whether the server has taken the invitation, or knows nothing of such. */
  readonly invited?: boolean
}

/** XEP-0050. */
export interface CommandItem {
  readonly jid: Jid
  readonly node: string
  /** Empty: the service has no words for it. */
  readonly name: string
}

/** What leads on. */
export type CommandMove = 'prev' | 'next' | 'complete'
export type CommandAction = CommandMove | 'execute' | 'cancel'

export interface CommandNote {
  readonly kind: 'info' | 'warn' | 'error'
  readonly text: string
}

/** One stage of a command: what it says, asks, and where it can go from here. */
export interface CommandStep {
  readonly status: 'executing' | 'completed' | 'canceled'
  readonly sessionId?: string
  /** Moves allowed; none while executing: there is one stage only, and 'execute' ends it. */
  readonly moves: readonly CommandMove[]
  /** The move that Enter stands for. */
  readonly defaultMove?: CommandMove
  readonly notes: readonly CommandNote[]
  readonly form?: DataForm
  readonly link?: OutOfBandLink
}

/** XEP-0100 §5.2: how a gateway asks for an address of its network. */
export interface GatewayPrompt {
  readonly description: string
  readonly prompt: string
}

export interface GatewayAddress {
  readonly jid: BareJid
}
