/** XEP-0045 asked: lists, forms, directories and nicks, and what is made of the answers. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { DataForm, FormField } from '../../src-main/model/form.ts'
import type { BareJid, FullJid, Jid } from '../../src-main/model/jid.ts'
import { createIq, type Iq } from '../../src-main/protocol/iq.ts'
import {
  cancelConfiguration,
  destroyRoom,
  fetchAffiliations,
  fetchConfiguration,
  fetchOccupantNicks,
  fetchReservedNick,
  fetchRoles,
  fetchRoomInfo,
  fetchRooms,
  fetchRoomsOf,
  fillConfiguration,
  isRoomService,
  occupantJid,
  registeredNick,
  saneNick,
  setAffiliations,
  setRole,
} from '../../src-main/protocol/xep-0045-muc/index.ts'
import { MAX_ENTRIES, parseAffiliations } from '../../src-main/protocol/xep-0045-muc/affiliations.ts'
import { acceptDefaults } from '../../src-main/protocol/xep-0045-muc/owning.ts'
import { answerDiscoItems } from '../../src-main/protocol/xep-0030-service-discovery.ts'
import { parseRegistration } from '../../src-main/protocol/xep-0077-registration.ts'
import { createFakeStream, type FakeStream } from '../helpers/fake-stream.ts'
import { parseStanza } from '../helpers/stanza.ts'

const ROOM = 'coven@chat.shakespeare.example' as BareJid
const SERVICE = 'chat.shakespeare.example' as Jid
const ADMIN = 'http://jabber.org/protocol/muc#admin'
const OWNER = 'http://jabber.org/protocol/muc#owner'
const ITEMS = 'http://jabber.org/protocol/disco#items'
let stream: FakeStream
let iq: Iq

beforeEach(() => {
  stream = createFakeStream()
  iq = createIq({ stream })
  stream.onStanza((stanza) => void iq.receive(stanza))
})

/** Answers the latest request with this payload; returns what was asked. */
function answer(payload: string): { readonly to: unknown; readonly type: unknown; readonly payload: string } {
  const [request] = stream.sent()
  const { id, to, type } = request?.attrs as Record<string, string>
  stream.receive(`<iq type='result' id='${String(id)}' from='${String(to)}'>${payload}</iq>`)
  return { to, type, payload: String(request?.getChildElements()[0]) }
}

function refuse(condition: string, type = 'auth'): void {
  const [request] = stream.sent()
  const { id, to } = request?.attrs as Record<string, string>
  stream.receive(`<iq type='error' id='${String(id)}' from='${String(to)}'><error type='${type}'>
    <${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`)
}

describe('affiliations', () => {
  test('a list is asked for and read; what is no entry is none, the last of two counts', async () => {
    const list = fetchAffiliations(iq, ROOM, 'outcast')
    const asked = answer(`<query xmlns='${ADMIN}'>
      <item affiliation='outcast' jid='Cambridge@shakespeare.example'><reason> Treason </reason></item>
      <item affiliation='outcast' jid='evil.example'/><item affiliation='outcast'/>
      <item affiliation='foe' jid='a@b.example'/><item xmlns='urn:example:x' affiliation='owner' jid='c@b.example'/>
      <item affiliation='member' jid='evil.example' nick='Nick'/></query>`)
    expect(asked).toMatchObject({ to: ROOM, type: 'get' })
    expect(asked.payload).toContain('<item affiliation="outcast"/>')
    expect(await list).toEqual({
      entries: [
        { jid: 'cambridge@shakespeare.example', affiliation: 'outcast', reason: 'Treason' },
        { jid: 'evil.example', affiliation: 'member', nick: 'Nick', reason: '' },
      ],
    })
  })

  test('a list without end is cut, and says so', async () => {
    const item = (index: number): string => `<item affiliation='member' jid='u${index}@a.example'/>`
    const all = Array.from({ length: MAX_ENTRIES + 1 }, (_, index) => item(index)).join('')
    const { entries, truncated } = await parseAffiliations(
      parseStanza(`<query xmlns='${ADMIN}'>${all}</query>`),
    )
    expect([entries.length, truncated]).toEqual([MAX_ENTRIES, true])
  })

  test('an answer without a list is an empty one, a refusal rejects', async () => {
    const list = fetchAffiliations(iq, ROOM, 'owner')
    answer('')
    expect(await list).toEqual({ entries: [] })
    const change = setAffiliations(iq, ROOM, [{ jid: 'a@b.example' as BareJid, affiliation: 'owner' }])
    refuse('not-allowed')
    await expect(change).rejects.toMatchObject({ condition: 'not-allowed' })
  })
})

test('roles are asked for and set', async () => {
  const roles = fetchRoles(iq, ROOM, 'visitor')
  expect(answer(`<query xmlns='${ADMIN}'><item nick='Yorick' role='visitor'/></query>`).payload).toContain(
    '<item role="visitor"/>',
  )
  expect(await roles).toEqual([{ nick: 'Yorick', role: 'visitor', affiliation: 'none' }])
  const kick = setRole(iq, ROOM, { nick: 'Yorick', role: 'none', reason: 'Alas' })
  expect(answer('')).toMatchObject({ to: ROOM, type: 'set' })
  await kick
})

describe('configuration', () => {
  const field = (name: string, more: Partial<FormField> = {}): FormField => ({
    type: 'text-single',
    name,
    label: '',
    description: '',
    required: false,
    values: [],
    options: [],
    ...more,
  })
  const options = ['moderators', 'anyone'].map((value) => ({ value, label: '' }))
  const form: DataForm = {
    type: 'form',
    title: '',
    instructions: [],
    columns: [],
    rows: [],
    fields: [
      field('FORM_TYPE', { type: 'hidden', values: ['http://jabber.org/protocol/muc#roomconfig'] }),
      field('', { type: 'fixed', values: ['words'] }),
      field('muc#roomconfig_roomname', { values: ['old'] }),
      field('muc#roomconfig_membersonly', { type: 'boolean', values: ['0'] }),
      field('muc#roomconfig_whois', { type: 'list-single', values: ['moderators'], options }),
    ],
  }

  test('is asked for; none where there is nothing to set', async () => {
    const some = fetchConfiguration(iq, ROOM)
    answer(`<query xmlns='${OWNER}'><x xmlns='jabber:x:data' type='form'><field var='a'/></x></query>`)
    expect((await some)?.fields.map(({ name }) => name)).toEqual(['a'])
    for (const content of ['', `<x xmlns='jabber:x:data' type='cancel'/>`]) {
      const none = fetchConfiguration(iq, ROOM)
      answer(`<query xmlns='${OWNER}'>${content}</query>`)
      expect(await none).toBeUndefined()
    }
  })

  test('wishes are filled in; what has no field or no such option is named', () => {
    const { answers, missing } = fillConfiguration(form, {
      'muc#roomconfig_roomname': 'new',
      'muc#roomconfig_membersonly': true,
      'muc#roomconfig_whois': ['everybody'],
      'muc#roomconfig_persistentroom': true,
    })
    expect(answers.map(({ name, values }) => [name, ...values])).toEqual([
      ['FORM_TYPE', 'http://jabber.org/protocol/muc#roomconfig'],
      ['muc#roomconfig_roomname', 'new'],
      ['muc#roomconfig_membersonly', '1'],
      ['muc#roomconfig_whois', 'moderators'],
    ])
    expect(missing).toEqual(['muc#roomconfig_whois', 'muc#roomconfig_persistentroom'])
    expect(fillConfiguration(form, { 'muc#roomconfig_whois': 'anyone' }).missing).toEqual([])
  })

  test('names of every object are no fields', () => {
    const { answers } = fillConfiguration({ ...form, fields: [field('constructor')] }, {})
    expect(answers).toEqual([{ name: 'constructor', type: 'text-single', values: [] }])
  })

  test('defaults are taken, a new room given up, a room ended', async () => {
    const instant = acceptDefaults(iq, ROOM)
    expect(answer('').payload).toBe(
      `<query xmlns="${OWNER}"><x xmlns="jabber:x:data" type="submit"/></query>`,
    )
    await instant
    const cancelled = cancelConfiguration(iq, ROOM)
    expect(answer('').payload).toContain('type="cancel"')
    await cancelled
    const ended = destroyRoom(iq, ROOM, { reason: 'enough' })
    expect(answer('').payload).toContain('<reason>enough</reason>')
    await ended
  })
})

describe('nicks', () => {
  const registration = (content: string) =>
    registeredNick(parseRegistration(parseStanza(`<query xmlns='jabber:iq:register'>${content}</query>`)))

  test('the reserved one is asked for; none where there is none or the service knows no such thing', async () => {
    const info = (identity: string): string =>
      `<query xmlns='http://jabber.org/protocol/disco#info' node='x-roomuser-item'>${identity}</query>`
    const some = fetchReservedNick(iq, ROOM)
    const asked = answer(info(`<identity category='conference' name='thirdwitch' type='text'/>`))
    expect([asked.payload, await some]).toEqual([expect.stringContaining('x-roomuser-item'), 'thirdwitch'])
    const none = fetchReservedNick(iq, ROOM)
    answer(info(''))
    expect(await none).toBeUndefined()
    const unknown = fetchReservedNick(iq, ROOM)
    refuse('feature-not-implemented', 'cancel')
    expect(await unknown).toBeUndefined()
  })

  test('the registered one is in the answer', () => {
    expect(registration('<registered/><username>thirdwitch</username>')).toBe('thirdwitch')
    expect(registration('<username>thirdwitch</username>')).toBeUndefined()
    expect(registration('<registered/>')).toBeUndefined()
  })

  test('what can be no nick is none', () => {
    expect(occupantJid(ROOM, 'third witch ♚/2')).toBe(`${ROOM}/third witch ♚/2`)
    for (const nick of ['', ' \u00a0 ', '\u0007bell', 'x'.repeat(1024), '\ud800']) {
      expect(occupantJid(ROOM, nick)).toBeUndefined()
      expect(saneNick(nick)).toBeUndefined()
    }
    expect(saneNick('x'.repeat(1023))).toBe('x'.repeat(1023))
  })
})

describe('directory', () => {
  test('services have rooms of this kind, gateways others', () => {
    const features = ['http://jabber.org/protocol/muc']
    const kinds = [['conference', 'text'], ['conference', 'irc'], ['gateway', 'text']] as const // prettier-ignore
    const answers = kinds.map(([category, type]) =>
      isRoomService({ identities: [{ category, type }], features }),
    )
    expect(answers).toEqual([true, false, false])
    expect(isRoomService({ identities: [{ category: 'conference', type: 'text' }], features: [] })).toBe(
      false,
    )
  })

  test('rooms come in pages, or all at once', async () => {
    const page = fetchRooms(iq, SERVICE, { max: 2, after: 'a' })
    const asked = answer(`<query xmlns='${ITEMS}'><item jid='${ROOM}' name=' A Dark Cave '/>
      <item jid='${ROOM}/firstwitch'/><item jid='other.example'/><item jid='heath@${SERVICE}'/>
      <set xmlns='http://jabber.org/protocol/rsm'><first>c</first><last>h</last><count>37</count></set></query>`)
    expect(asked.payload).toContain('<max>2</max><after>a</after>')
    expect(await page).toEqual({
      rooms: [
        { room: ROOM, name: 'A Dark Cave' },
        { room: `heath@${SERVICE}`, name: '' },
      ],
      bounds: { first: 'c', last: 'h', count: 37 },
    })
    const all = fetchRooms(iq, SERVICE, { max: 2 })
    answer(`<query xmlns='${ITEMS}'/>`)
    expect(await all).toEqual({ rooms: [] })
  })

  test('occupants of the room alone, and rooms of a contact', async () => {
    const nicks = fetchOccupantNicks(iq, ROOM)
    answer(
      `<query xmlns='${ITEMS}'><item jid='${ROOM}/firstwitch'/><item jid='heath@${SERVICE}/x'/><item jid='${ROOM}'/></query>`,
    )
    expect(await nicks).toEqual(['firstwitch'])
    const rooms = fetchRoomsOf(iq, 'hag66@shakespeare.example/pda' as FullJid)
    expect(
      answer(`<query xmlns='${ITEMS}'><item jid='${ROOM}' name='secondwitch'/></query>`).payload,
    ).toContain('muc#rooms')
    expect(await rooms).toEqual([{ room: ROOM, name: '' }])
  })

  test('a room is asked what it is', async () => {
    const info = fetchRoomInfo(iq, ROOM)
    answer(`<query xmlns='http://jabber.org/protocol/disco#info'><identity category='conference' type='text' name='Cave'/>
      <feature var='http://jabber.org/protocol/muc'/></query>`)
    expect(await info).toMatchObject({ name: 'Cave' })
  })
})

test('which rooms we are in is told to nobody', () => {
  answerDiscoItems(iq)
  for (const node of ['http://jabber.org/protocol/muc#rooms', 'http://jabber.org/protocol/muc#traffic']) {
    stream.receive(
      `<iq type='get' id='1' from='hag66@shakespeare.example/pda'><query xmlns='${ITEMS}' node='${node}'/></iq>`,
    )
  }
  const [rooms, other] = stream.sent()
  expect(rooms?.toString()).toContain(`<query xmlns="${ITEMS}" node="http://jabber.org/protocol/muc#rooms"/>`)
  expect(other?.attrs['type']).toBe('error')
})
