/**
 * Runs test/protocol/cases: NAME.xml with NAME.json is what a parser makes of it, NAME.xml with NAME.build.json what a
 * builder is given to write it, and NAME.reject.xml must be refused.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ArchivePreferences } from '../../src-main/model/archive.ts'
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
import { present } from '../../src-main/protocol/stanza.ts'
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
import {
  buildPageRequest,
  parsePageBounds,
  type PageRequest,
} from '../../src-main/protocol/xep-0059-result-sets.ts'
import { parseOutOfBand } from '../../src-main/protocol/xep-0066-out-of-band.ts'
import { buildRegistration, parseRegistration } from '../../src-main/protocol/xep-0077-registration.ts'
import { buildVersion, parseVersion } from '../../src-main/protocol/xep-0092-version.ts'
import { parseVCardTemp } from '../../src-main/protocol/xep-0054-vcard-temp.ts'
import { parseCarbon } from '../../src-main/protocol/xep-0280-carbons.ts'
import { parseVCard4 } from '../../src-main/protocol/xep-0292-vcard4.ts'
import { buildCaps, parseCaps, type Caps } from '../../src-main/protocol/xep-0115-capabilities.ts'
import { parseValidation } from '../../src-main/protocol/xep-0122-validation.ts'
import { buildEntityTime, parseEntityTime } from '../../src-main/protocol/xep-0202-entity-time.ts'
import { parseBlockPush } from '../../src-main/protocol/xep-0191-blocking.ts'
import { buildReport, type Report } from '../../src-main/protocol/xep-0377-reports.ts'
import { parseForwarded } from '../../src-main/protocol/xep-0297-forwarding.ts'
import {
  buildQuery,
  parseArchiveMetadata,
  type ArchiveQuery,
} from '../../src-main/protocol/xep-0313-archive.ts'
import { buildPreferences, parsePreferences } from '../../src-main/protocol/xep-0441-archive-preferences.ts'
import { buildIdle, parseIdle } from '../../src-main/protocol/xep-0319-idle.ts'
import { xml, type Element } from '../../src-main/protocol/xml.ts'
import { canonical } from '../helpers/canonical.ts'
import { parseStanza } from '../helpers/stanza.ts'
import { buildPreauth, parsePreauth } from '../../src-main/protocol/xep-0379-pre-auth.ts'
import { readInvitation } from '../../src-main/protocol/xep-0401-invitations.ts'
import { avatar } from './codecs/avatar.ts'
import { formCodecs } from './codecs/forms.ts'
import { roomCodecs } from './codecs/rooms.ts'
import type { Codec } from './codecs/codec.ts'

const CASES = join(import.meta.dirname, 'cases')
const OWN = 'juliet@capulet.example' as BareJid
const context = { ownBareJid: OWN }

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
  ...formCodecs,
  ...roomCodecs,
  'xep-0050': { parse: parseCommandStep, build: (value: CommandRequest) => buildCommand(value) },
  'xep-0054': { parse: (element) => parseVCardTemp(element) },
  'xep-0059': { parse: parsePageBounds, build: (value: PageRequest) => buildPageRequest(value) },
  'xep-0066': { parse: parseOutOfBand },
  'xep-0077': {
    parse: parseRegistration,
    build: ({ kind, answers }: { kind: 'form' | 'legacy'; answers: FieldAnswer[] }) =>
      buildRegistration(kind, answers),
  },
  'xep-0084': avatar,
  'xep-0085': message,
  'xep-0092': {
    parse: (element) => parseVersion(element),
    build: (value: SoftwareVersion) => buildVersion(value),
  },
  'xep-0115': { parse: (element) => parseCaps(element), build: (value: Caps) => buildCaps(value) },
  'xep-0122': { parse: parseValidation },
  'xep-0172': message,
  'xep-0379': { parse: parsePreauth, build: (token: string) => buildPreauth(token) },
  'xep-0401': {
    parse: (element) => {
      const form = parseForm(element)
      return form && readInvitation(form)
    },
  },
  'xep-0202': {
    parse: (element) => parseEntityTime(element),
    build: (value: EntityTime) => buildEntityTime(value),
  },
  'xep-0184': message,
  // Nobody reports to us.
  'xep-0377': { build: (value: Report) => buildReport(value) },
  'xep-0191': { parse: (element) => parseBlockPush(element, OWN) },
  'xep-0203': message,
  'xep-0280': {
    parse(element) {
      const carbon = parseCarbon(element, OWN)
      if (carbon?.kind !== 'carbon') return carbon
      const { direction, stampMs, message: carried } = carbon
      return { direction, id: carried.attrs['id'], ...present('stampMs', stampMs) }
    },
  },
  'xep-0292': { parse: (element) => parseVCard4(element) },
  'xep-0297': {
    parse(element) {
      const forwarded = parseForwarded(element)
      return forwarded && { id: forwarded.message.attrs['id'], ...present('stampMs', forwarded.stampMs) }
    },
  },
  'xep-0313': {
    parse: (element) => parseArchiveMetadata(element),
    build: (value: ArchiveQuery) => buildQuery('f27', value),
  },
  'xep-0319': {
    parse: (element) => parseIdle(element),
    build: (value: { since: number }) => xml('presence', {}, buildIdle(value.since)),
  },
  'xep-0333': message,
  'xep-0334': message,
  'xep-0359': message,
  'xep-0382': message,
  'xep-0308': message,
  'xep-0393': message,
  'xep-0441': {
    parse: parsePreferences,
    build: (value: ArchivePreferences) => buildPreferences(value),
  },
  'xep-0424': message,
  'xep-0444': message,
  'xep-0428': message,
  'xep-0461': message,
  'xep-0511': message,
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
      expect(codec.parse?.(stanza(`${name}.xml`))).toEqual(value(`${name}.json`))
    }
    if (existsSync(path(`${name}.build.json`))) {
      checks['.build.json']++
      const built = codec.build?.(value(`${name}.build.json`) as never)
      expect(built && canonical(built)).toBe(canonical(stanza(`${name}.xml`)))
    }
    if (existsSync(path(`${name}.reject.xml`))) {
      checks['.reject.xml']++
      expect(codec.parse).toBeDefined()
      const parsed = codec.parse?.(stanza(`${name}.reject.xml`))
      expect(parsed === undefined || (parsed as { kind?: unknown }).kind === 'rejected').toBe(true)
    }
    expect(Math.max(...Object.values(checks))).toBe(1)
  })
})
