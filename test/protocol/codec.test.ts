/**
 * Runs test/protocol/cases: NAME.xml with NAME.json is what a parser makes of it, NAME.xml with NAME.build.json what a
 * builder is given to write it, and NAME.reject.xml must be refused.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { EntityTime, LastActivity, SoftwareVersion } from '../../src-main/model/entity.ts'
import type { FieldAnswer } from '../../src-main/model/form.ts'
import type { BareJid } from '../../src-main/model/jid.ts'
import { buildMessage, parseMessage, type OutgoingMessage } from '../../src-main/protocol/message.ts'
import { buildPresence, buildUnavailable, parsePresence } from '../../src-main/protocol/presence.ts'
import { parseRosterPush } from '../../src-main/protocol/roster.ts'
import {
  buildErrorReply,
  parseStanzaError,
  type StanzaCondition,
} from '../../src-main/protocol/stanza-error.ts'
import { buildSubscription, type SubscriptionType } from '../../src-main/protocol/subscription.ts'
import { buildLastActivity, parseLastActivity } from '../../src-main/protocol/xep-0012-last-activity.ts'
import { buildSubmit, parseForm } from '../../src-main/protocol/xep-0004-data-forms.ts'
import {
  buildDiscoInfo,
  parseDiscoInfo,
  type DiscoInfo,
} from '../../src-main/protocol/xep-0030-service-discovery.ts'
import {
  buildCommand,
  parseCommandStep,
  type CommandRequest,
} from '../../src-main/protocol/xep-0050-commands.ts'
import { parseOutOfBand } from '../../src-main/protocol/xep-0066-out-of-band.ts'
import { buildRegistration, parseRegistration } from '../../src-main/protocol/xep-0077-registration.ts'
import { buildVersion, parseVersion } from '../../src-main/protocol/xep-0092-version.ts'
import { parseVCardTemp } from '../../src-main/protocol/xep-0054-vcard-temp.ts'
import { parseVCard4 } from '../../src-main/protocol/xep-0292-vcard4.ts'
import { buildCaps, parseCaps, type Caps } from '../../src-main/protocol/xep-0115-capabilities.ts'
import { parseValidation } from '../../src-main/protocol/xep-0122-validation.ts'
import { buildEntityTime, parseEntityTime } from '../../src-main/protocol/xep-0202-entity-time.ts'
import { parseBlockPush } from '../../src-main/protocol/xep-0191-blocking.ts'
import { buildIdle, parseIdle } from '../../src-main/protocol/xep-0319-idle.ts'
import { xml, type Element } from '../../src-main/protocol/xml.ts'
import { canonical } from '../helpers/canonical.ts'
import { parseStanza } from '../helpers/stanza.ts'

const CASES = join(import.meta.dirname, 'cases')
const OWN = 'juliet@capulet.example' as BareJid
const context = { ownBareJid: OWN }

interface Codec {
  parse(element: Element): unknown
  /** `value` is a NAME.build.json. */
  build?(value: never): Element
}

const message: Codec = {
  parse: (element) => parseMessage(element, context),
  build: (value: OutgoingMessage) => buildMessage(value),
}
const presence: Codec = { parse: (element) => parsePresence(element, context) }

type PresenceInput = Parameters<typeof buildPresence>[0] & { readonly type?: 'unavailable' }
type SubscriptionInput = { type: SubscriptionType; to: BareJid; extra?: { text?: string; nick?: string } }

/** What reads and writes the cases of a folder. */
const codecs: Readonly<Record<string, Codec>> = {
  'rfc-6120': {
    parse: (element) => parseStanzaError(element),
    build: (value: { stanza: string; condition: StanzaCondition }) =>
      buildErrorReply(parseStanza(value.stanza), value.condition),
  },
  'rfc-6121-message': message,
  'rfc-6121-presence': {
    ...presence,
    build: (value: PresenceInput) =>
      value.type === 'unavailable' ? buildUnavailable(value.status) : buildPresence(value),
  },
  'rfc-6121-subscription': {
    ...presence,
    build: (value: SubscriptionInput) => buildSubscription(value.type, value.to, value.extra),
  },
  'rfc-6121-roster': { parse: (element) => parseRosterPush(element, OWN) },
  'xep-0004': { parse: parseForm, build: (value: FieldAnswer[]) => buildSubmit(value) },
  'xep-0012': {
    parse: (element) => parseLastActivity(element),
    build: (value: LastActivity) => buildLastActivity(value),
  },
  'xep-0030': {
    parse: (element) => parseDiscoInfo(element),
    build: (value: DiscoInfo & { node?: string }) => buildDiscoInfo(value, value.node),
  },
  'xep-0050': { parse: parseCommandStep, build: (value: CommandRequest) => buildCommand(value) },
  'xep-0054': { parse: (element) => parseVCardTemp(element) },
  'xep-0066': { parse: parseOutOfBand },
  'xep-0077': {
    parse: parseRegistration,
    build: ({ kind, answers }: { kind: 'form' | 'legacy'; answers: FieldAnswer[] }) =>
      buildRegistration(kind, answers),
  },
  'xep-0092': {
    parse: (element) => parseVersion(element),
    build: (value: SoftwareVersion) => buildVersion(value),
  },
  'xep-0115': { parse: (element) => parseCaps(element), build: (value: Caps) => buildCaps(value) },
  'xep-0122': { parse: parseValidation },
  'xep-0172': message,
  'xep-0202': {
    parse: (element) => parseEntityTime(element),
    build: (value: EntityTime) => buildEntityTime(value),
  },
  'xep-0191': { parse: (element) => parseBlockPush(element, OWN) },
  'xep-0203': message,
  'xep-0292': { parse: (element) => parseVCard4(element) },
  'xep-0319': {
    parse: (element) => parseIdle(element),
    build: (value: { since: number }) => xml('presence', {}, buildIdle(value.since)),
  },
  'xep-0359': message,
  'xep-0393': message,
}

const folders = readdirSync(CASES)

test('every folder of cases has a codec, and every codec a folder', () => {
  expect(folders.sort()).toEqual(Object.keys(codecs).sort())
})

describe.each(folders)('%s', (folder) => {
  const codec = codecs[folder] as Codec
  const path = (name: string): string => join(CASES, folder, name)
  const stanza = (name: string): Element => parseStanza(readFileSync(path(name), 'utf8').trim())
  const value = (name: string): unknown => JSON.parse(readFileSync(path(name), 'utf8'))
  const files = readdirSync(path('.'))
  const names = [...new Set(files.map((file) => file.slice(0, file.indexOf('.'))))]

  test.each(names)('%s', (name) => {
    const checks = { '.json': 0, '.build.json': 0, '.reject.xml': 0 }
    if (existsSync(path(`${name}.json`))) {
      checks['.json']++
      expect(codec.parse(stanza(`${name}.xml`))).toEqual(value(`${name}.json`))
    }
    if (existsSync(path(`${name}.build.json`))) {
      checks['.build.json']++
      const built = codec.build?.(value(`${name}.build.json`) as never)
      expect(built && canonical(built)).toBe(canonical(stanza(`${name}.xml`)))
    }
    if (existsSync(path(`${name}.reject.xml`))) {
      checks['.reject.xml']++
      const parsed = codec.parse(stanza(`${name}.reject.xml`))
      expect(parsed === undefined || (parsed as { kind?: unknown }).kind === 'rejected').toBe(true)
    }
    expect(Math.max(...Object.values(checks))).toBe(1)
  })
})
