/**
 * XEP-0045 and what belongs to it, on real rooms of Prosody and ejabberd with three clients: what the protocol layer writes
 * is understood, and what these servers say is read.
 */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bareOf, resourceOf, type BareJid, type Jid } from '../../src-main/model/jid.ts'
import { createIq, type Iq } from '../../src-main/protocol/iq.ts'
import {
  buildMessage,
  parseMessage,
  trustedStanzaId,
  type ParsedMessage,
} from '../../src-main/protocol/message.ts'
import { buildPresence, parsePresence, type ParsedPresence } from '../../src-main/protocol/presence.ts'
import { registerStandardAnswers } from '../../src-main/protocol/own-features.ts'
import type { Stream } from '../../src-main/protocol/stream.ts'
import { createConnect } from '../../src-main/protocol/transport/xmpp-client.ts'
import {
  buildDecline,
  buildJoin,
  buildLeave,
  buildMediatedInvitation,
  buildRequestAnswer,
  buildRoomPresence,
  buildSubjectChange,
  buildVoiceRequest,
  departureOf,
  destroyRoom,
  fetchAffiliations,
  fetchConfiguration,
  fetchReservedNick,
  fetchRoles,
  fetchRoomInfo,
  fetchRooms,
  fillConfiguration,
  isSubjectChange,
  joinErrorOf,
  occupantJid,
  setAffiliations,
  setRole,
  submitConfiguration,
  type ConfigurationWishes,
} from '../../src-main/protocol/xep-0045-muc/index.ts'
import { fetchVCardTemp } from '../../src-main/protocol/xep-0054-vcard-temp.ts'
import { fetchDiscoInfo } from '../../src-main/protocol/xep-0030-service-discovery.ts'
import { fetchLegacyBookmarks } from '../../src-main/protocol/xep-0048-legacy-bookmarks.ts'
import { fetchItems } from '../../src-main/protocol/xep-0060-pubsub.ts'
import {
  COMPAT,
  fetchBookmarks,
  NS as NS_BOOKMARKS,
  publishBookmark,
  removeBookmark,
  type Bookmark,
} from '../../src-main/protocol/xep-0402-bookmarks.ts'
import { buildDirectInvitation } from '../../src-main/protocol/xep-0249-direct-invitations.ts'
import { pingOurselves } from '../../src-main/protocol/xep-0410-muc-self-ping.ts'
import { moderateMessage } from '../../src-main/protocol/xep-0425-moderation.ts'
import { avatarHashOf } from '../../src-main/protocol/xep-0153-vcard-avatar.ts'
import { fetchRoomPicture, setRoomPicture } from '../../src-main/protocol/xep-0486-room-avatars.ts'
import { xml } from '../../src-main/protocol/xml.ts'
import { startEjabberd, type Ejabberd } from '../helpers/ejabberd.ts'
import type { Prosody } from '../helpers/prosody.ts'
import { startProsody13 } from '../helpers/prosody13.ts'

const PASSWORD = 'all in one room'
const WAIT = { timeout: 15_000 }
const online = { show: 'online', status: '' } as const

interface Client {
  readonly jid: BareJid
  readonly iq: Iq
  readonly stream: Stream
  readonly messages: ParsedMessage[]
  readonly presences: ParsedPresence[]
}

async function startServer(kind: string): Promise<Prosody | Ejabberd> {
  if (kind === 'ejabberd') return startEjabberd({ rooms: true })
  const modules = '"muc_mam"; "muc_moderation"; "vcard_muc"'
  const rooms = `Component "rooms.chat.test" "muc"\n  modules_enabled = { ${modules} }\n  restrict_room_creation = false`
  return startProsody13({ extraHosts: rooms })
}

describe.each(['Prosody', 'ejabberd'])('%s', (kind) => {
  const service = (kind === 'ejabberd' ? 'conference.chat.test' : 'rooms.chat.test') as BareJid
  const room = `coven@${service}` as BareJid
  let server: Prosody | Ejabberd
  let romeo: Client
  let juliet: Client
  let nurse: Client
  let ids = 0
  const newId = (): string => `id-${++ids}`

  beforeAll(async () => {
    server = await startServer(kind)
    for (const name of ['romeo', 'juliet', 'nurse']) await server.addUser(name, PASSWORD)
    ;[romeo, juliet, nurse] = [await signIn('romeo'), await signIn('juliet'), await signIn('nurse')]
  })
  afterAll(async () => {
    await Promise.all([romeo, juliet, nurse].map(({ stream }) => stream.close()))
    await server.dispose()
  })

  async function signIn(name: string): Promise<Client> {
    const connect = createConnect({
      ca: [readFileSync(server.caFile, 'utf8')],
      limits: { resumePause: 100 },
      bind2: true,
    })
    const jid = `${name}@${server.domain}` as BareJid
    const stream = await connect({
      jid,
      password: PASSWORD,
      resource: 'test',
      host: '127.0.0.1',
      port: server.tlsPort,
      security: 'direct-tls',
      strongestSeen: undefined,
      signal: new AbortController().signal,
      onStep: () => undefined,
    })
    const iq = createIq({ stream })
    registerStandardAnswers(iq, {
      told: () => ({
        version: false,
        time: false,
        idle: false,
        delivered: false,
        displayed: false,
        typing: false,
      }),
      version: () => ({ version: '0' }),
      time: () => ({ utcMs: 0, offsetMinutes: 0 }),
      lastActivity: () => ({ secondsAgo: 0, status: '' }),
    })
    const client: Client = { jid, iq, stream, messages: [], presences: [] }
    stream.onStanza((stanza) => {
      if (iq.receive(stanza)) return
      const context = { ownBareJid: stream.ownBareJid }
      const [message, presence] = [parseMessage(stanza, context), parsePresence(stanza, context)]
      if (message.kind === 'message') client.messages.push(message)
      if (presence.kind === 'presence') client.presences.push(presence)
    })
    // Messages to the bare address reach who is available.
    stream.send(buildPresence(online))
    return client
  }

  const occupant = (nick: string, where = room) => {
    const jid = occupantJid(where, nick)
    if (jid === undefined) throw new Error(nick)
    return jid
  }

  /** The next that fits, of what comes from now on or came since `from`. */
  async function next<T>(all: readonly T[], from: number, fits: (one: T) => boolean): Promise<T> {
    await expect.poll(() => all.slice(from).find(fits), WAIT).toBeDefined()
    return all.slice(from).find(fits) as T
  }

  /** ejabberd says it of the room itself as well, without more. */
  const isGone = ({ type, occupancy }: ParsedPresence): boolean =>
    type === 'unavailable' && occupancy !== undefined

  interface Wish {
    readonly where?: BareJid
    readonly password?: string
  }

  /** Our own presence, or the error. */
  async function join(
    client: Client,
    nick: string,
    { where = room, password }: Wish = {},
  ): Promise<ParsedPresence> {
    const from = client.presences.length
    const id = newId()
    client.stream.send(
      buildJoin({
        occupant: occupant(nick, where),
        id,
        history: 'none',
        password,
        affiliationsSince: '',
        presence: online,
      }),
    )
    return next(
      client.presences,
      from,
      ({ from: jid, type, occupancy }) =>
        bareOf(jid) === where && (type === 'error' || occupancy?.statuses.includes('self') === true),
    )
  }

  async function configure(wishes: ConfigurationWishes, where = room): Promise<readonly string[]> {
    const form = await fetchConfiguration(romeo.iq, where)
    if (form === undefined) throw new Error('no form')
    const { answers, missing } = fillConfiguration(form, wishes)
    await submitConfiguration(romeo.iq, where, answers)
    return missing
  }

  const say = (client: Client, body: string, to: Jid = room): string => {
    const id = newId()
    const isRoom = to === bareOf(to)
    client.stream.send(
      buildMessage({
        to,
        type: isRoom ? 'groupchat' : 'chat',
        id,
        body,
        originId: id,
        ofOccupant: isRoom ? undefined : true,
      }),
    )
    return id
  }

  test('a room is made, set up, found and entered by others', { timeout: 60_000 }, async () => {
    const created = await join(romeo, 'Romeo')
    expect(created.occupancy).toMatchObject({ affiliation: 'owner', role: 'moderator' })
    expect(created.occupancy?.statuses).toEqual(expect.arrayContaining(['self', 'created']))
    const missing = await configure({
      'muc#roomconfig_roomname': 'A Dark Cave',
      'muc#roomconfig_roomdesc': 'For good witches',
      'muc#roomconfig_persistentroom': true,
      'muc#roomconfig_publicroom': true,
      'muc#roomconfig_whois': 'anyone',
      'muc#roomconfig_changesubject': false,
    })
    expect(missing).toEqual([])
    expect(await fetchRoomInfo(juliet.iq, room)).toMatchObject({
      name: 'A Dark Cave',
      description: 'For good witches',
      nonAnonymous: true,
      temporary: false,
      hidden: false,
      membersOnly: false,
      archived: true,
      occupantIds: true,
      occupantCount: 1,
    })
    const { rooms } = await fetchRooms(juliet.iq, service, { max: 10 })
    expect(rooms.map((one) => one.room)).toContain(room)
    const entered = await join(juliet, 'Juliet')
    expect(entered.occupancy?.statuses).toContain('non-anonymous')
    expect(entered.occupantId).toMatch(/./)
    const seen = await next(romeo.presences, 0, ({ from }) => from === occupant('Juliet'))
    expect(seen.occupancy?.jid && bareOf(seen.occupancy.jid)).toBe(juliet.jid)
    const subject = await next(juliet.messages, 0, (message) => isSubjectChange(message))
    expect([bareOf(subject.from), subject.subject]).toEqual([room, ''])
  })

  test('a nick that is taken, another nick, and away', { timeout: 60_000 }, async () => {
    const refused = await join(nurse, 'Juliet')
    expect(refused.error && joinErrorOf(refused.error)).toMatchObject({ kind: 'nick-taken' })
    await join(nurse, 'Nurse')
    const from = romeo.presences.length
    nurse.stream.send(buildRoomPresence(occupant('Angelica'), { show: 'away', status: 'tea' }, newId()))
    const gone = await next(romeo.presences, from, ({ type }) => type === 'unavailable')
    expect(gone.occupancy && departureOf(gone.occupancy)).toEqual({ kind: 'renamed', nick: 'Angelica' })
    await next(romeo.presences, from, ({ from: jid }) => jid === occupant('Angelica'))
    // ejabberd goes on with the presence of the old nick.
    nurse.stream.send(buildRoomPresence(occupant('Angelica'), { show: 'away', status: 'tea' }, newId()))
    const isBack = ({ from: jid, show }: ParsedPresence) => jid === occupant('Angelica') && show === 'away'
    const back = await next(romeo.presences, from, isBack)
    expect(back).toMatchObject({ status: 'tea' })
    expect(back.occupantId).toMatch(/./)
  })

  test(
    'what is said comes back, with the ids of the room; subject; a word in private',
    { timeout: 60_000 },
    async () => {
      const id = say(juliet, 'Thrice the brinded cat')
      const back = await next(juliet.messages, 0, ({ body }) => body === 'Thrice the brinded cat')
      expect(back).toMatchObject({ type: 'groupchat', from: occupant('Juliet'), id, originId: id })
      expect(trustedStanzaId(back, room)).toMatch(/./)
      expect(back.occupantId).toMatch(/./)
      romeo.stream.send(buildSubjectChange(room, 'Spells', newId()))
      const subject = await next(
        juliet.messages,
        0,
        (one) => isSubjectChange(one) && one.subject === 'Spells',
      )
      expect(resourceOf(subject.from)).toBe('Romeo')
      say(juliet, 'a wind', occupant('Romeo'))
      const secret = await next(romeo.messages, 0, ({ body }) => body === 'a wind')
      expect(secret).toMatchObject({ type: 'chat', from: occupant('Juliet'), ofOccupant: true })
    },
  )

  test('invitations through the room and directly, and a refusal', { timeout: 60_000 }, async () => {
    nurse.stream.send(buildLeave(occupant('Angelica')))
    const from = nurse.messages.length
    romeo.stream.send(buildMediatedInvitation({ room, invitee: nurse.jid, reason: 'Come <in>', id: newId() }))
    const { invitation } = await next(nurse.messages, from, (one) => one.invitation !== undefined)
    expect(invitation).toMatchObject({ room, via: 'room', reason: 'Come <in>' })
    if (invitation === undefined) throw new Error('none')
    nurse.stream.send(buildDecline(invitation, 'Too busy', newId()))
    const { declination } = await next(romeo.messages, 0, (one) => one.declination !== undefined)
    expect(declination).toMatchObject({ room, reason: 'Too busy' })
    juliet.stream.send(buildDirectInvitation(nurse.jid, { room, reason: 'Do' }, newId()))
    const direct = await next(nurse.messages, from, (one) => one.invitation?.via === 'direct')
    expect(direct.invitation).toMatchObject({ room, inviter: juliet.stream.jid, reason: 'Do' })
  })

  test('voice is asked for and given; lists; a kick; a ban', { timeout: 60_000 }, async () => {
    await configure({ 'muc#roomconfig_moderatedroom': true, [kind === 'ejabberd' ? 'members_by_default' : 'muc#roomconfig_defaultaffiliation']: false }) // prettier-ignore
    const changed = await next(juliet.messages, 0, (one) => one.roomStatuses !== undefined)
    expect(changed.roomStatuses).toContain('config-changed')
    await join(nurse, 'Nurse')
    await setRole(romeo.iq, room, { nick: 'Nurse', role: 'visitor' })
    await next(nurse.presences, 0, ({ occupancy }) => occupancy?.role === 'visitor')
    expect(await fetchRoles(romeo.iq, room, 'visitor')).toMatchObject([{ nick: 'Nurse', role: 'visitor' }])
    nurse.stream.send(buildVoiceRequest(room, newId()))
    const { roomRequest } = await next(romeo.messages, 0, (one) => one.roomRequest !== undefined)
    expect(roomRequest).toMatchObject({ room, kind: 'voice', nick: 'Nurse' })
    const from = nurse.presences.length
    if (roomRequest !== undefined) romeo.stream.send(buildRequestAnswer(roomRequest, true, newId()))
    await next(nurse.presences, from, ({ occupancy }) => occupancy?.role === 'participant')
    await setRole(romeo.iq, room, { nick: 'Nurse', role: 'none', reason: 'Peace!' })
    const kicked = await next(nurse.presences, from, isGone)
    expect(kicked.occupancy && departureOf(kicked.occupancy)).toMatchObject({
      kind: 'kicked',
      reason: 'Peace!',
    })
    expect(kicked.occupancy?.statuses).toContain('self')
    await setAffiliations(romeo.iq, room, [{ jid: nurse.jid, affiliation: 'outcast', reason: 'Again' }])
    const { entries } = await fetchAffiliations(romeo.iq, room, 'outcast')
    // Prosody keeps the reason to itself.
    expect(entries).toMatchObject([{ jid: nurse.jid, affiliation: 'outcast' }])
    const banned = await join(nurse, 'Nurse')
    expect(banned.error && joinErrorOf(banned.error)).toMatchObject({ kind: 'banned' })
    await setAffiliations(romeo.iq, room, [{ jid: nurse.jid, affiliation: 'none' }])
  })

  test('what a moderator takes back', { timeout: 60_000 }, async () => {
    const info = await fetchRoomInfo(romeo.iq, room)
    if (info === undefined) throw new Error('no room')
    expect(info.moderation).toBe(true)
    say(juliet, 'DM me for free potions')
    const said = await next(romeo.messages, 0, ({ body }) => body === 'DM me for free potions')
    const stanzaId = trustedStanzaId(said, room) ?? ''
    const version = info.offers.includes('moderation') ? 'current' : 'old'
    await moderateMessage(romeo.iq, room, stanzaId, { reason: 'Spam', version })
    const { moderation, retraction } = await next(juliet.messages, 0, (one) => one.moderation !== undefined)
    expect(moderation).toMatchObject({ stanzaId, reason: 'Spam' })
    expect(retraction).toBeUndefined()
    await expect(moderateMessage(juliet.iq, room, stanzaId, { version })).rejects.toThrow()
  })

  test('a picture of the room', { timeout: 60_000 }, async () => {
    expect((await fetchRoomInfo(romeo.iq, room))?.offers).toContain('vcard')
    const bytes = new Uint8Array(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
    const facts = xml('vCard', { xmlns: 'vcard-temp' }, xml('DESC', {}, 'Fair is foul'), xml('URL', {}, 'https://heath.example')) // prettier-ignore
    await romeo.iq.request({ type: 'set', to: room, payload: facts })
    await setRoomPicture(romeo.iq, room, { type: 'image/png', bytes })
    const hashes = [avatarHashOf({ bytes })]
    expect(await fetchRoomPicture(juliet.iq, room, hashes)).toEqual({ type: 'image/png', bytes })
    // Prosody's module of that time tells the hash by presence alone.
    if (kind === 'ejabberd') expect((await fetchRoomInfo(juliet.iq, room))?.avatarHashes).toEqual(hashes)
    else await next(juliet.presences, 0, ({ from, avatarHash }) => from === room && avatarHash === hashes[0])
    const card = { note: 'Fair is foul', urls: ['https://heath.example'] }
    expect(await fetchVCardTemp(juliet.iq, room)).toMatchObject(card)
    await setRoomPicture(romeo.iq, room, undefined)
    expect(await fetchRoomPicture(juliet.iq, room, hashes)).toBeUndefined()
    expect(await fetchVCardTemp(juliet.iq, room)).toMatchObject(card)
  })

  test('why a room is not entered; whether we are in', { timeout: 60_000 }, async () => {
    const from = juliet.presences.length
    await configure({ 'muc#roomconfig_moderatedroom': false, 'muc#roomconfig_membersonly': true })
    const out = await next(juliet.presences, from, ({ type, occupancy }) => type === 'unavailable' && occupancy?.statuses.includes('self') === true) // prettier-ignore
    expect(out.occupancy && departureOf(out.occupancy)).toMatchObject({ kind: 'members-only' })
    const refused = await join(nurse, 'Nurse')
    expect(refused.error && joinErrorOf(refused.error)).toMatchObject({ kind: 'members-only' })
    const secured = kind === 'ejabberd' ? { 'muc#roomconfig_passwordprotectedroom': true } : {}
    await configure({
      'muc#roomconfig_membersonly': false,
      'muc#roomconfig_roomsecret': 'cauldron',
      ...secured,
    })
    const closed = await join(nurse, 'Nurse', { password: 'wrong' })
    expect(closed.error && joinErrorOf(closed.error)).toMatchObject({ kind: 'password-required' })
    expect((await join(nurse, 'Nurse', { password: 'cauldron' })).type).toBe('available')
    expect(await pingOurselves(nurse.iq, occupant('Nurse'))).toBe('in')
    nurse.stream.send(buildLeave(occupant('Nurse')))
    await next(
      nurse.presences,
      nurse.presences.length - 1,
      ({ type, from }) => type === 'unavailable' && from === occupant('Nurse'),
    )
    expect(await pingOurselves(nurse.iq, occupant('Nurse'))).toBe('out')
    expect(await fetchReservedNick(nurse.iq, room)).toBeUndefined()
  })

  test('the end of a room', { timeout: 60_000 }, async () => {
    const alternative = `heath@${service}` as BareJid
    await join(juliet, 'Juliet', { password: 'cauldron' })
    const from = juliet.presences.length
    await destroyRoom(romeo.iq, room, { alternative, reason: 'Macbeth doth come.' })
    const gone = await next(juliet.presences, from, isGone)
    expect(gone.occupancy && departureOf(gone.occupancy)).toMatchObject({ kind: 'destroyed', alternative, reason: 'Macbeth doth come.' }) // prettier-ignore
  })

  test('bookmarks are kept as they are, for nobody else, and known to older programs where the server helps', async () => {
    const extensions = `<extensions xmlns="urn:xmpp:bookmarks:1"><state xmlns="urn:example:state">a &lt; b</state></extensions>`
    const bookmark: Bookmark = { room, name: 'Cave', autojoin: true, nick: 'Romeo', pinned: true, notify: 'never', extensions } // prettier-ignore
    await publishBookmark(romeo.iq, bookmark)
    const [kept] = await fetchBookmarks(romeo.iq)
    expect(kept).toMatchObject({
      room,
      name: 'Cave',
      autojoin: true,
      nick: 'Romeo',
      pinned: true,
      notify: 'never',
    })
    expect(kept?.extensions).toContain('<state xmlns="urn:example:state">a &lt; b</state>')
    await expect(fetchItems(juliet.iq, { to: romeo.jid, node: NS_BOOKMARKS })).rejects.toThrow()
    const { features } = await fetchDiscoInfo(romeo.iq, romeo.jid)
    const { bookmarks } = await fetchLegacyBookmarks(romeo.iq, 'private-xml')
    expect(bookmarks.map((one) => one.room)).toEqual(features.includes(COMPAT) ? [room] : [])
    await removeBookmark(romeo.iq, room)
    expect(await fetchBookmarks(romeo.iq)).toEqual([])
  })
})
