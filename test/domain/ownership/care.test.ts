/** Caring for a room (XEP-0045 §8 to §10, XEP-0425): what is asked of it, and what its refusals become. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FieldAnswer } from '../../../src-main/model/form.ts'
import type { Element } from '../../../src-main/protocol/xml.ts'
import { makePng } from '../../helpers/picture.ts'
import { jid, JULIET, NOW, setStage, type Stage } from '../stage.ts'
import { COVEN, converse, during, NS_MUC, refusal, roomInfo, type Rule } from '../bookmarks/setting.ts'
import { configuration, inRoom, listening, NS_ADMIN, NS_OWNER, submitted } from './setting.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const HEATH = jid('heath@chat.shakespeare.example')
const CAVE: FieldAnswer & { values: string[] } = {
  ...{ name: 'muc#roomconfig_roomname', type: 'text-single', values: ['Cave'] },
}
const FORBIDDEN: Rule = [() => true, refusal('forbidden', 'auth')]

describe('its configuration', () => {
  test('is shown as the room has it, and sent as the user fills it', async () => {
    const { stage, stream, conversationId } = await inRoom()
    const form = await during(stream, [configuration()], stage.app.fetchRoomConfig({ conversationId }))
    expect(form.fields.map(({ name }) => name)).toContain('muc#roomconfig_membersonly')
    const { rule, heard } = listening()
    await during(stream, [rule], stage.app.submitRoomConfig({ conversationId, answers: [CAVE] }))
    expect(submitted(heard)).toEqual({
      FORM_TYPE: [`${NS_MUC}#roomconfig`],
      'muc#roomconfig_roomname': ['Cave'],
    })
  })

  test('that stays as it is is given back', async () => {
    const { stage, stream, conversationId } = await inRoom()
    const { rule, heard } = listening()
    await during(stream, [rule], stage.app.cancelRoomConfig({ conversationId }))
    expect(heard.map(String).join()).toContain(
      `<query xmlns="${NS_OWNER}"><x xmlns="jabber:x:data" type="cancel"/>`,
    )
  })

  test('is not for everybody, and not everywhere', async () => {
    const { stage, stream, conversationId } = await inRoom(`affiliation='none' role='participant'`)
    const asked = during(stream, [FORBIDDEN], stage.app.fetchRoomConfig({ conversationId }))
    await expect(asked).rejects.toMatchObject({ data: { code: 'refused-by-server', condition: 'forbidden' } })
    const empty: Rule = [NS_OWNER, `<query xmlns='${NS_OWNER}'/>`]
    const again = during(stream, [empty], stage.app.fetchRoomConfig({ conversationId }))
    await expect(again).rejects.toMatchObject({ data: { code: 'not-supported' } })
  })
})

describe('its end', () => {
  test('comes with a reason and where it goes on, and takes the bookmark with it', async () => {
    const { stage, stream, conversationId } = await inRoom()
    await stage.app.setBookmark({ conversationId, bookmarked: true, autojoin: true })
    const taken: Rule = [(stanza) => stanza.is('iq') && stanza.attrs['type'] === 'set', '']
    await converse(stream, [taken])
    const { rule, heard } = listening()
    await during(
      stream,
      [rule, taken],
      stage.app.destroyRoom({ conversationId, reason: 'Macbeth', alternative: HEATH }),
    )
    expect(String(heard[0])).toContain(`<destroy jid="${HEATH}"><reason>Macbeth</reason></destroy>`)
    expect(stage.app.state().rooms).toMatchObject([{ bookmarked: false, autojoin: false }])
  })

  test('that the room refuses leaves the bookmark', async () => {
    const { stage, stream, conversationId } = await inRoom()
    await stage.app.setBookmark({ conversationId, bookmarked: true, autojoin: true })
    const destroyed = during(stream, [FORBIDDEN], stage.app.destroyRoom({ conversationId, reason: '' }))
    await expect(destroyed).rejects.toMatchObject({ data: { condition: 'forbidden' } })
    expect(stage.app.state().rooms).toMatchObject([{ bookmarked: true, autojoin: true }])
  })
})

describe('who belongs to it', () => {
  test('is listed', async () => {
    const { stage, stream, conversationId } = await inRoom()
    const list: Rule = [
      NS_ADMIN,
      `<query xmlns='${NS_ADMIN}'><item jid='${JULIET}' affiliation='outcast'><reason>noise</reason></item>
        <item jid='evil.example' affiliation='outcast'/><item affiliation='outcast'/></query>`,
    ]
    const listed = stage.app.listAffiliations({ conversationId, affiliation: 'outcast' })
    expect(await during(stream, [list], listed)).toEqual({
      entries: [
        { jid: JULIET, affiliation: 'outcast', reason: 'noise' },
        { jid: 'evil.example', affiliation: 'outcast', reason: '' },
      ],
    })
  })

  test('twenty thousand of them come in slices, and no more, which is told', async () => {
    const { stage, stream, conversationId } = await inRoom()
    const items = Array.from(
      { length: 20_010 },
      (_, n) => `<item jid='w${n}@x.example' affiliation='member'/>`,
    )
    const list: Rule = [NS_ADMIN, `<query xmlns='${NS_ADMIN}'>${items.join('')}</query>`]
    vi.useRealTimers()
    const listed = stage.app.listAffiliations({ conversationId, affiliation: 'member' })
    const request = stream.sent().find((sent) => String(sent).includes(NS_ADMIN))
    stream.receive(
      `<iq type='result' from='${COVEN}' id='${String(request?.attrs['id'])}'>${String(list[1])}</iq>`,
    )
    const { entries, truncated } = await listed
    expect([entries.length, truncated]).toEqual([20_000, true])
  })

  test('is changed with a reason, one at a time', async () => {
    const { stage, stream, conversationId } = await inRoom()
    const { rule, heard } = listening()
    await during(
      stream,
      [rule],
      stage.app.setAffiliation({ conversationId, jid: JULIET, affiliation: 'outcast', reason: 'Treason' }),
    )
    expect(String(heard[0])).toContain(
      `<item affiliation="outcast" jid="${JULIET}"><reason>Treason</reason></item>`,
    )
  })
})

test('a role is changed by nick, with a reason', async () => {
  const { stage, stream, conversationId } = await inRoom()
  const { rule, heard } = listening()
  await during(
    stream,
    [rule],
    stage.app.setRole({ conversationId, nick: 'pistol', role: 'none', reason: 'Avaunt!' }),
  )
  expect(String(heard[0])).toContain(`<item nick="pistol" role="none"><reason>Avaunt!</reason></item>`)
})

describe('its picture', () => {
  const PICTURE = makePng(4, [180, 40, 70])

  const NS_VCARD = 'vcard-temp'
  const kept: Rule = [
    (request) => request.attrs['type'] === 'get' && request.getChild('vCard', NS_VCARD) !== undefined,
    `<vCard xmlns='${NS_VCARD}'><DESC>Fair is foul</DESC><PHOTO><BINVAL>AA==</BINVAL></PHOTO></vCard>`,
  ]

  test('is set, and taken away, in a vCard that stays as it is; what is no picture is not sent', async () => {
    const { stage, stream, conversationId } = await inRoom()
    const { rule, heard } = listening()
    await during(stream, [kept, rule], stage.app.setRoomPicture({ conversationId, base64: PICTURE.base64 }))
    expect(String(heard[0])).toContain(
      `<DESC>Fair is foul</DESC><PHOTO><TYPE>image/png</TYPE><BINVAL>${PICTURE.base64}</BINVAL></PHOTO></vCard>`,
    )
    await during(stream, [kept, rule], stage.app.setRoomPicture({ conversationId, base64: null }))
    expect(String(heard[1])).toContain('<vCard xmlns="vcard-temp"><DESC>Fair is foul</DESC></vCard>')
    const svg = Buffer.from('<svg onload="alert(1)"/>').toString('base64')
    const wrong = stage.app.setRoomPicture({ conversationId, base64: svg })
    await expect(wrong).rejects.toMatchObject({ data: { code: 'invalid-input' } })
    expect(heard).toHaveLength(2)
  })
})

test('what its vCard tells is asked of itself alone, in the form that rooms have, and kept', async () => {
  const { stage, stream } = await inRoom()
  const who = { accountId: 1, jid: COVEN }
  const asked: Element[] = []
  const card: Rule = [
    (request) => request.attrs['to'] === COVEN,
    (request) => {
      asked.push(request)
      return `<vCard xmlns='vcard-temp'><DESC>Fair is foul</DESC><URL>https://heath.example</URL></vCard>`
    },
  ]
  const cached = await during(stream, [card], stage.app.fetchCard(who))
  expect(cached.card).toMatchObject({ note: 'Fair is foul', urls: ['https://heath.example'] })
  expect(asked.map((request) => String(request.getChildElements()[0]))).toEqual([
    '<vCard xmlns="vcard-temp"/>',
  ])
  expect(stage.app.readContactFile(who).card).toEqual(cached)
})

describe('a wish to be heard', () => {
  const wish = (from: string = COVEN, nick = 'thirdwitch'): string =>
    `<message from='${from}'><x xmlns='jabber:x:data' type='form'>
      <field var='FORM_TYPE' type='hidden'><value>${NS_MUC}#request</value></field>
      <field var='muc#role'><value>participant</value></field>
      <field var='muc#jid'><value>${JULIET}/pda</value></field>
      <field var='muc#roomnick'><value>${nick}</value></field>
      <field var='muc#request_allow' type='boolean'><value>false</value></field></x></message>`
  const asked = (stage: Stage) => stage.events('room.voiceRequested')

  test('is told to moderators, and answered by its form', async () => {
    const { stage, stream, conversationId } = await inRoom()
    stream.receive(wish())
    expect(asked(stage)).toEqual([{ conversationId, kind: 'voice', nick: 'thirdwitch', jid: JULIET }])
    await stage.app.answerVoiceRequest({ conversationId, kind: 'voice', nick: 'thirdwitch', allow: true })
    const [answer] = stream.sent().filter((sent) => sent.is('message'))
    expect(answer?.attrs['to']).toBe(COVEN)
    expect(String(answer)).toMatch(/muc#request_allow"[^>]*><value>true</)
    expect(stage.app.state().inbox.unreadCount).toBe(0)
  })

  test('that is answered once more, or was forgotten, gives the role all the same', async () => {
    const { stage, stream, conversationId } = await inRoom()
    const { rule, heard } = listening()
    await during(
      stream,
      [rule],
      stage.app.answerVoiceRequest({ conversationId, kind: 'voice', nick: 'thirdwitch', allow: true }),
    )
    expect(String(heard[0])).toContain(`<item nick="thirdwitch" role="participant"/>`)
    await during(
      stream,
      [rule],
      stage.app.answerVoiceRequest({ conversationId, kind: 'voice', nick: 'x', allow: false }),
    )
    expect(heard).toHaveLength(1)
  })

  test('by an occupant in the room’s name, of a stranger’s room, or to who is no moderator is none', async () => {
    const { stage, stream } = await inRoom()
    stream.receive(wish(`${COVEN}/imp`))
    stream.receive(wish('den@rooms.evil.example'))
    const other = await inRoom(`affiliation='none' role='participant'`)
    other.stream.receive(wish())
    expect([...asked(stage), ...asked(other.stage)]).toEqual([])
  })

  test('so many wait; the first is forgotten first', async () => {
    const { stage, stream, conversationId } = await inRoom()
    for (let n = 0; n < 101; n += 1) stream.receive(wish(COVEN, `w${n}`))
    const { rule, heard } = listening()
    await during(
      stream,
      [rule],
      stage.app.answerVoiceRequest({ conversationId, kind: 'voice', nick: 'w0', allow: true }),
    )
    expect(heard).toHaveLength(1)
    await stage.app.answerVoiceRequest({ conversationId, kind: 'voice', nick: 'w1', allow: true })
    expect(stream.sent().filter((sent) => sent.is('message'))).toHaveLength(1)
  })
})

describe('a wish to belong', () => {
  const wish = (nick = 'thirdwitch', jid = `${JULIET}/pda`): string =>
    `<message from='${COVEN}'><x xmlns='jabber:x:data' type='form'>
      <field var='FORM_TYPE' type='hidden'><value>${NS_MUC}#register</value></field>
      <field var='muc#register_roomnick'><value>${nick}</value></field>
      <field var='muc#register_jid'><value>${jid}</value></field>
      <field var='muc#register_allow' type='boolean'><value>0</value></field></x></message>`
  const asked = (stage: Stage) => stage.events('room.voiceRequested')

  test('is told to admins, and answered by its form (§9.9)', async () => {
    const { stage, stream, conversationId } = await inRoom()
    stream.receive(wish())
    const request = { conversationId, kind: 'registration', nick: 'thirdwitch' } as const
    expect(asked(stage)).toEqual([{ ...request, jid: JULIET }])
    await stage.app.answerVoiceRequest({ ...request, allow: true })
    const [answer] = stream.sent().filter((sent) => sent.is('message'))
    expect(answer?.attrs['to']).toBe(COVEN)
    expect(String(answer)).toMatch(/muc#register_allow"[^>]*><value>true</)
  })

  test('without a nick goes by the address, and is another than a wish to be heard', async () => {
    const { stage, stream, conversationId } = await inRoom()
    stream.receive(wish(''))
    expect(asked(stage)).toMatchObject([{ kind: 'registration', nick: JULIET }])
    const forgotten = { conversationId, kind: 'registration', nick: 'x', allow: true } as const
    await expect(stage.app.answerVoiceRequest(forgotten)).rejects.toMatchObject({
      data: { code: 'not-found' },
    })
  })

  test('is not for a moderator to decide', async () => {
    const { stage, stream } = await inRoom(`affiliation='none' role='moderator'`)
    stream.receive(wish())
    expect(asked(stage)).toEqual([])
  })
})

describe('taking a message back for everybody', () => {
  const FEATURES = ['urn:xmpp:sid:0', 'urn:xmpp:mam:2']
  const said = `<message type='groupchat' from='${COVEN}/imp' id='m1'><body>noise</body>
    <stanza-id xmlns='urn:xmpp:sid:0' by='${COVEN}' id='s-1'/></message>`

  async function withMessage(features: readonly string[]) {
    const room = await inRoom(undefined, features)
    room.stream.receive(said)
    const [message] = room.stage.events('message.added').map(({ message: each }) => each)
    return { ...room, messageId: message?.id ?? 0, info: roomInfo(COVEN, features) }
  }

  test.each([
    ['now', 'urn:xmpp:message-moderate:1', `<moderate xmlns="urn:xmpp:message-moderate:1" id="s-1">`],
    ['of version 0.2', 'urn:xmpp:message-moderate:0', `<apply-to xmlns="urn:xmpp:fasten:0" id="s-1">`],
  ])('is asked of the room by the id that it gave, %s', async (_what, feature, expected) => {
    const { stage, stream, messageId, info } = await withMessage([...FEATURES, feature])
    const { rule, heard } = listening()
    await during(stream, [rule, info], stage.app.moderateMessage({ messageId, reason: 'noise' }))
    expect(String(heard[0])).toContain(expected)
    expect(String(heard[0])).toContain('<reason>noise</reason>')
  })

  test('is not offered by all rooms, nor of what has no id', async () => {
    const { stage, stream, messageId, info } = await withMessage(FEATURES)
    const asked = during(stream, [info], stage.app.moderateMessage({ messageId, reason: '' }))
    await expect(asked).rejects.toMatchObject({ data: { code: 'not-supported' } })
    const none = during(stream, [info], stage.app.moderateMessage({ messageId: 999, reason: '' }))
    await expect(none).rejects.toMatchObject({ data: { code: 'not-found' } })
  })
})

describe('asking others in', () => {
  const lists: Rule = [
    (request) => request.attrs['type'] === 'get' && String(request).includes(NS_ADMIN),
    (request) =>
      String(request).includes('"member"')
        ? `<query xmlns='${NS_ADMIN}'><item jid='${JULIET}' affiliation='member'/></query>`
        : refusal('forbidden', 'auth'),
  ]
  const HECATE = jid('hecate@shakespeare.example')
  const jids = [JULIET, HECATE, HECATE]

  test('an open room sends it directly, once to each', async () => {
    const { stage, stream, conversationId } = await inRoom()
    await stage.app.inviteToRoom({ conversationId, jids, reason: 'Come ' })
    const sent = stream.sent().filter((each) => each.is('message'))
    expect(sent.map(({ attrs }): unknown => attrs['to'])).toEqual([JULIET, HECATE])
    expect(String(sent[0])).toContain(`<x xmlns="jabber:x:conference" jid="${COVEN}" reason="Come"/>`)
  })

  test('a room for members makes them members first, but nobody less than they are, and sends it itself', async () => {
    const { stage, stream, conversationId } = await inRoom(undefined, ['muc_membersonly'])
    const { rule, heard } = listening()
    const sent: string[] = []
    const inviting = stage.app.inviteToRoom({ conversationId, jids, reason: '' })
    const all: Rule = [
      (stanza) => stanza.is('message'),
      (stanza) => {
        sent.push(String(stanza))
        return []
      },
    ]
    await during(stream, [lists, rule, all], inviting)
    expect(heard.map(String).join()).toContain(`<item affiliation="member" jid="${HECATE}"/>`)
    expect(heard.map(String).join()).not.toContain(JULIET)
    expect(sent).toHaveLength(2)
    expect(sent[0]).toContain(`to="${COVEN}"`)
    expect(sent[0]).toContain(`<invite to="${JULIET}"/>`)
  })

  test('who is no more than a member leaves it to the room', async () => {
    const { stage, stream, conversationId } = await inRoom(`affiliation='member' role='participant'`, [
      'muc_membersonly',
    ])
    await stage.app.inviteToRoom({ conversationId, jids: [HECATE], reason: '' })
    const sent = stream.sent()
    expect(sent.filter((each) => each.is('iq') && String(each).includes(NS_ADMIN))).toEqual([])
    expect(sent.filter((each) => each.is('message'))).toHaveLength(1)
  })
})

test('what is no room is not cared for', async () => {
  const stage = setStage()
  const { id: conversationId } = stage.app.openConversation({ accountId: 1, jid: JULIET })
  const room = { conversationId }
  for (const verb of [
    stage.app.fetchRoomConfig(room),
    stage.app.inviteToRoom({ ...room, jids: [JULIET], reason: '' }),
    stage.app.setBookmark({ ...room, bookmarked: true, autojoin: true }),
    stage.app.nameRoom({ ...room, name: 'x' }),
  ]) {
    await expect(verb).rejects.toMatchObject({ data: { code: 'not-found' } })
  }
})
