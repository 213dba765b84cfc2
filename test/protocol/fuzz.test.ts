/** No stanza, however damaged, makes a parser throw; what it returns is bounded and plain. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import { createIq } from '../../src-main/protocol/iq.ts'
import { parseMessage } from '../../src-main/protocol/message.ts'
import { registerStandardAnswers } from '../../src-main/protocol/own-features.ts'
import { parsePresence } from '../../src-main/protocol/presence.ts'
import { parseRosterPush } from '../../src-main/protocol/roster.ts'
import { parseStanzaError } from '../../src-main/protocol/stanza-error.ts'
import { parseForm } from '../../src-main/protocol/xep-0004-data-forms.ts'
import { parseDiscoInfo } from '../../src-main/protocol/xep-0030-service-discovery.ts'
import { parseCommandStep } from '../../src-main/protocol/xep-0050-commands.ts'
import { parseRegistration } from '../../src-main/protocol/xep-0077-registration.ts'
import { departureOf, joinErrorOf, roomInfoOf } from '../../src-main/protocol/xep-0045-muc/index.ts'
import { parseRoles } from '../../src-main/protocol/xep-0045-muc/roles.ts'
import { parseLegacyBookmarks } from '../../src-main/protocol/xep-0048-legacy-bookmarks.ts'
import { parsePhotos } from '../../src-main/protocol/xep-0153-vcard-avatar.ts'
import { buildBookmark, parseBookmark } from '../../src-main/protocol/xep-0402-bookmarks.ts'
import { parseChannels } from '../../src-main/protocol/xep-0433-channel-search.ts'
import { verificationString } from '../../src-main/protocol/xep-0115-capabilities.ts'
import { xml, type Element } from '../../src-main/protocol/xml.ts'
import { createFakeStream } from '../helpers/fake-stream.ts'
import { parseStanza } from '../helpers/stanza.ts'

const OWN = 'juliet@capulet.example' as BareJid
const context = { ownBareJid: OWN }
const CASES = join(import.meta.dirname, 'cases')
const stanzas = readdirSync(CASES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.xml'))
  .sort()
  .map((file) => readFileSync(join(CASES, file), 'utf8').trim())

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    'toString',
    '@',
    '/',
    '@/',
    'a@b/',
    '\u202e',
    '\ud800',
    '0',
    '-1',
  ),
  fc.constantFrom('9'.repeat(400), 'x'.repeat(5000), '[::1]', 'xn--', 'a@xn--zzzzzz', '\u0130@\u0130', 'NaN'),
)

type Damage = (element: Element, text: string, other: Element) => void
const damages: readonly Damage[] = [
  (element, text) => (element.attrs[Object.keys(element.attrs)[0] ?? 'from'] = text),
  (element, text) => (element.attrs['type'] = text),
  (element, text) => (element.attrs['jid'] = text),
  (element, text) => (element.attrs['xmlns'] = text),
  (element, text) => (element.attrs[text] = text),
  (element) => (element.attrs = {}),
  (element, text) => (element.name = text),
  (element, text) => element.t(text),
  (element) => (element.children = []),
  (element) => (element.children = [...element.children, ...element.children]),
  (element, _text, other) => element.append(other),
]

/** Some hits on random places of a stanza. */
function damage(
  root: Element,
  hits: readonly { at: number; how: number; text: string; other: string }[],
): Element {
  for (const { at, how, text, other } of hits) {
    const all = everyElement(root)
    damages[how % damages.length]?.(all[at % all.length] as Element, text, parseStanza(other))
  }
  return root
}

function everyElement(root: Element): Element[] {
  return [root, ...root.getChildElements().flatMap(everyElement)]
}

const hit = fc.record({ at: fc.nat(), how: fc.nat(), text: hostile, other: fc.constantFrom(...stanzas) })
const damaged = fc
  .tuple(fc.constantFrom(...stanzas), fc.array(hit, { maxLength: 6 }))
  .map(([text, hits]) => damage(parseStanza(text), hits))

/** All as they are, first: so every way through the parsers is taken. */
const whole = stanzas.map((text): [Element] => [parseStanza(text)])

test('parsers return and never throw', { timeout: 60_000 }, () => {
  const kinds = new Set<string>()
  fc.assert(
    fc.property(damaged, (element) => {
      for (const parsed of [
        parseMessage(element, context),
        parsePresence(element, context),
        parseRosterPush(element, OWN),
      ]) {
        kinds.add(parsed.kind)
        expect(structuredClone(parsed)).toEqual(parsed)
      }
      expect(structuredClone(parseStanzaError(element)).condition).toMatch(/^[a-z-]+$/)
      expect(Array.isArray(parseDiscoInfo(element).features)).toBe(true)
      for (const part of everyElement(element)) {
        const parsed = [parseForm(part), parseCommandStep(part), parseRegistration(part)]
        expect(structuredClone(parsed)).toEqual(parsed)
        expect(['string', 'undefined']).toContain(typeof verificationString(part, 'sha-1'))
      }
    }),
    { numRuns: whole.length + 3000, examples: whole },
  )
  expect([...kinds].sort()).toEqual(['message', 'presence', 'rejected', 'removed', 'upserted'])
})

test('what rooms and bookmarks are made of is read and never throws', { timeout: 60_000 }, () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(damaged, (element) => {
      const presence = parsePresence(element, context)
      if (presence.kind === 'presence') {
        const { occupancy, error } = presence
        if (occupancy !== undefined) seen.add(departureOf(occupancy).kind)
        if (error !== undefined) seen.add(joinErrorOf(error).kind)
      }
      for (const part of everyElement(element)) {
        const bookmark = parseBookmark({ id: 'room@rooms.example', payload: part })
        if (bookmark !== undefined) seen.add(buildBookmark(bookmark).getName())
        const parsed = [
          bookmark,
          parseLegacyBookmarks(part),
          parseChannels(part),
          parseRoles(part),
          roomInfoOf(parseDiscoInfo(part)),
          parsePhotos(part),
        ]
        expect(structuredClone(parsed)).toEqual(parsed)
      }
    }),
    { numRuns: whole.length + 1500, examples: whole },
  )
  expect([...seen]).toEqual(
    expect.arrayContaining(['left', 'kicked', 'banned', 'members-only', 'conference']),
  )
})

test('requests and answers are dealt with and never throw', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(damaged, (element) => {
      const stream = createFakeStream({ jid: `${OWN}/balcony` })
      const iq = createIq({ stream })
      registerStandardAnswers(iq, {
        told: () => ({
          version: true,
          time: true,
          idle: true,
          delivered: true,
          displayed: true,
          typing: true,
        }),
        version: () => ({ version: '0' }),
        time: () => ({ utcMs: 0, offsetMinutes: 0 }),
        lastActivity: () => ({ secondsAgo: 0, status: '' }),
      })
      void iq.request({ type: 'get', payload: xml('ping', {}) }).catch(() => undefined)
      stream.sent()
      const taken = iq.receive(element)
      expect(stream.sent().length).toBeLessThanOrEqual(taken ? 1 : 0)
      iq.close()
    }),
    { numRuns: 1000 },
  )
})

test('endless texts are clipped, bodies only beyond a megabyte', () => {
  const long = '𝒳'.repeat(600_000)
  const nick = `<nick xmlns='http://jabber.org/protocol/nick'>${long}</nick>`
  for (const [content, part] of [
    [`<body>${long}</body>`, { body: long.slice(0, 1_048_576) }],
    [`<subject>${long}</subject>`, { subject: long.slice(0, 4096) }],
    [`<thread>${long}</thread>`, {}],
    [`<thread parent='${long}'>t</thread>`, { thread: { id: 't' } }],
    [nick, { nick: long.slice(0, 256) }],
    [`<body>${'x'.repeat(1_048_576)}</body>`, { body: 'x'.repeat(1_048_576) }],
  ] as const) {
    const message = parseMessage(parseStanza(`<message from='a@b.example'>${content}</message>`), context)
    expect(message).toEqual({ kind: 'message', type: 'normal', from: 'a@b.example', ...part })
  }
})

test('endless words of rooms are clipped, and what would be another when clipped is none', () => {
  const long = 'x'.repeat(100_000)
  const presence = parsePresence(
    parseStanza(`<presence from='r@rooms.example/n' type='unavailable'><x xmlns='http://jabber.org/protocol/muc#user'>
      <item nick='${long}' jid='${long}@b.example'><actor nick='${long}'/><reason>${long}</reason></item>
      <destroy jid='${long}'><reason>${long}</reason><password>${long}</password></destroy>
      ${`<status code='110'/>`.repeat(5000)}</x></presence>`),
    context,
  )
  const reason = long.slice(0, 1024)
  expect(presence).toMatchObject({
    occupancy: { affiliation: 'none', role: 'none', reason, statuses: ['self'], destroyed: { reason } },
  })
  expect(JSON.stringify(presence).length).toBeLessThan(3000)
})

test('an endless id is none', () => {
  const withId = (id: string) =>
    parseMessage(parseStanza(`<message from='a@b.example' id='${id}'/>`), context)
  expect(withId('x'.repeat(1024))).toMatchObject({ id: 'x'.repeat(1024) })
  expect(withId('x'.repeat(1025))).not.toHaveProperty('id')
})

test('clipping never halves a character', () => {
  const nick = 'x' + '𝒳'.repeat(200)
  const element = parseStanza(
    `<presence><nick xmlns='http://jabber.org/protocol/nick'>${nick}</nick></presence>`,
  )
  const presence = parsePresence(element, context)
  expect(presence).toMatchObject({ nick: 'x' + '𝒳'.repeat(127) })
})

test('S17: 10,000 children are no trouble', () => {
  const many = `<delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/>
    <stanza-id xmlns='urn:xmpp:sid:0' id='1' by='a@b.example'/><body>x</body>`.repeat(3334)
  const message = parseMessage(parseStanza(`<message from='a@b.example'>${many}</message>`), context)
  if (message.kind === 'rejected') throw new Error(message.reason)
  expect([message.delays?.length, message.stanzaIds?.length, message.body]).toEqual([8, 16, 'x'])
})
