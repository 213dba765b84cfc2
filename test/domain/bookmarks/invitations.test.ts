/** Invitations (XEP-0045 §7.8, XEP-0249): they wait until they are answered, and nothing is joined by them. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { INVITATION_BOUNDS } from '../../../src-main/domain/incoming/keep-invitation.ts'
import type { FakeStream } from '../../helpers/fake-stream.ts'
import { escape } from '../../helpers/stanza.ts'
import { JULIET, NOW, ROMEO, setStage, settle, startOnline, type Stage } from '../stage.ts'
import { COVEN, NS_MUC } from './setting.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const CONTACT = `<item jid='${JULIET}' subscription='both'/>`
const HECATE = 'hecate@shakespeare.example'

const mediated = (inviter = `${HECATE}/broom`, room: string = COVEN, more = ''): string =>
  `<message from='${escape(room)}' to='${ROMEO}'><x xmlns='${NS_MUC}#user'>
    <invite from='${escape(inviter)}'><reason>Come</reason></invite>${more}</x></message>`
const direct = (from: string, room: string = COVEN, more = `reason='Come'`): string =>
  `<message from='${escape(from)}' to='${ROMEO}'><x xmlns='jabber:x:conference' jid='${escape(room)}' ${more}/></message>`
const waiting = (stage: Stage) => stage.app.state().invitations

async function online(): Promise<{ readonly stage: Stage; readonly stream: FakeStream }> {
  const stage = setStage()
  const stream = await startOnline(stage, CONTACT)
  stream.sent()
  return { stage, stream }
}

describe('an invitation', () => {
  test('by the room is kept with who invites, told of, and nothing is joined', async () => {
    const { stage, stream } = await online()
    stream.receive(mediated())
    const [invitation, ...more] = waiting(stage)
    expect(more).toEqual([])
    expect(invitation).toStrictEqual({
      ...{ id: 1, accountId: 1, room: COVEN, from: `${HECATE}/broom` },
      ...{ reason: 'Come', receivedAt: NOW },
    })
    expect(stage.events('invitation.received')).toEqual([{ invitation }])
    await settle(60_000)
    expect(stream.sent().filter((sent) => !sent.is('iq'))).toEqual([])
    expect(stage.app.state().conversations).toEqual([])
    expect(stage.app.state().inbox.unreadCount).toBe(0)
  })

  test('by somebody directly is from who sent it, with words beside it that are no message', async () => {
    const { stage, stream } = await online()
    stream.receive(
      `<message from='${JULIET}/balcony' type='chat'><body>come to coven</body>
        <x xmlns='jabber:x:conference' jid='${COVEN}'/></message>`,
    )
    expect(waiting(stage)).toMatchObject([{ from: `${JULIET}/balcony`, room: COVEN, reason: '' }])
    expect(stage.app.state().conversations).toEqual([])
  })

  test('waits over a restart; its password does not, and is in no file', async () => {
    const { stage, stream } = await online()
    stream.receive(mediated(HECATE, COVEN, '<password>cauldronburn</password>'))
    expect(waiting(stage)).toMatchObject([{ password: 'cauldronburn' }])
    const later = setStage({ storage: stage.storage })
    expect(waiting(later)).toMatchObject([{ room: COVEN, from: HECATE }])
    expect(JSON.stringify(waiting(later))).not.toContain('cauldronburn')
    expect(JSON.stringify(stage.storage.listInvitations())).not.toContain('cauldronburn')
  })

  test('that we sent ourselves from another device is nobody’s message', async () => {
    const { stage, stream } = await online()
    stream.receive(
      `<message from='${ROMEO}'><sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>
        <message xmlns='jabber:client' from='${ROMEO}/phone' to='${JULIET}' type='chat'><body>come</body>
        <x xmlns='jabber:x:conference' jid='${COVEN}'/></message></forwarded></sent></message>`,
    )
    expect(waiting(stage)).toEqual([])
    expect(stage.app.state().conversations).toEqual([])
  })

  test('of a room that is asked for again takes the place of the first', async () => {
    const { stage, stream } = await online()
    stream.receive(mediated())
    stream.receive(mediated('crone1@shakespeare.example'))
    expect(waiting(stage)).toMatchObject([{ id: 1, from: 'crone1@shakespeare.example' }])
  })

  test('somebody declines ours: no message, and nothing is answered', async () => {
    const { stage, stream } = await online()
    stream.receive(
      `<message from='${COVEN}'><x xmlns='${NS_MUC}#user'><decline from='${HECATE}'><reason>no</reason></decline></x>
        <body>no</body></message>`,
    )
    expect(stage.app.state().conversations).toEqual([])
    expect(stage.app.state().inbox.unreadCount).toBe(0)
    expect(stream.sent()).toEqual([])
  })
})

describe('its answer', () => {
  test.each(['accept', 'decline', 'ignore'] as const)('%s takes it off the list', async (answer) => {
    const { stage, stream } = await online()
    stream.receive(mediated())
    await stage.app.answerInvitation({ invitationId: 1, answer })
    expect(waiting(stage)).toEqual([])
    expect(stage.events('invitation.answered')).toEqual([{ invitationId: 1 }])
    await expect(stage.app.answerInvitation({ invitationId: 1, answer })).rejects.toMatchObject({
      data: { code: 'not-found' },
    })
  })

  test('no is passed on by the room; accepting joins nothing by itself', async () => {
    const { stage, stream } = await online()
    stream.receive(mediated())
    await stage.app.answerInvitation({ invitationId: 1, answer: 'decline' })
    const [decline, ...more] = stream.sent()
    expect(more).toEqual([])
    expect(decline?.attrs['to']).toBe(COVEN)
    expect(String(decline)).toContain(`<decline to="${HECATE}/broom"/>`)
    stream.receive(mediated(HECATE, 'other@chat.shakespeare.example'))
    await stage.app.answerInvitation({ invitationId: 2, answer: 'accept' })
    expect(stream.sent()).toEqual([])
  })

  test('no to a direct one, or to a room that does not say who invites, is told to nobody', async () => {
    const { stage, stream } = await online()
    stream.receive(direct(JULIET))
    await stage.app.answerInvitation({ invitationId: 1, answer: 'decline' })
    stream.receive(mediated('', 'other@chat.shakespeare.example'))
    await stage.app.answerInvitation({ invitationId: 2, answer: 'decline' })
    expect(stream.sent()).toEqual([])
  })

  test('no needs a connection where the room is to pass it on, and waits for it', async () => {
    const { stage, stream } = await online()
    stream.receive(mediated())
    stream.drop()
    const answer = stage.app.answerInvitation({ invitationId: 1, answer: 'decline' })
    await expect(answer).rejects.toMatchObject({ data: { code: 'offline' } })
    expect(waiting(stage)).toHaveLength(1)
  })

  test('holds when the archive brings the same once more, and not for a later one', async () => {
    const { stage, stream } = await online()
    stream.receive(mediated())
    await stage.app.answerInvitation({ invitationId: 1, answer: 'decline' })
    const delayed = (stamp: string) =>
      direct(JULIET).replace('</message>', `<delay xmlns='urn:xmpp:delay' stamp='${stamp}'/></message>`)
    stream.receive(delayed('2026-11-21T11:59:00Z'))
    expect(waiting(stage)).toEqual([])
    vi.setSystemTime(NOW + 60_000)
    stream.receive(mediated())
    expect(waiting(stage)).toHaveLength(1)
  })

  test('ignoring goes for this room by this inviter, also later; others may still ask', async () => {
    const { stage, stream } = await online()
    stream.receive(direct('pest@evil.example/x'))
    await stage.app.answerInvitation({ invitationId: 1, answer: 'ignore' })
    vi.setSystemTime(NOW + 60_000)
    stream.receive(direct('pest@evil.example/y'))
    expect(waiting(stage)).toEqual([])
    stream.receive(direct(JULIET))
    expect(waiting(stage)).toMatchObject([{ from: JULIET }])
  })
})

describe('S20: invitations by anyone', () => {
  test.each([
    ['an occupant in the room’s name', mediated().replace(`from='${COVEN}'`, `from='${COVEN}/imp'`)],
    [
      'the room in an error, which is our own coming back',
      mediated().replace('<message', `<message type='error'`),
    ],
    ['a groupchat message', mediated().replace('<message', `<message type='groupchat'`)],
    ['one to an occupant', direct(JULIET, `${COVEN}/romeo`)],
  ])('%s is none', async (_what, stanza) => {
    const { stage, stream } = await online()
    stream.receive(stanza)
    expect(waiting(stage)).toEqual([])
    expect(stream.sent().filter((sent) => sent.is('presence'))).toEqual([])
  })

  test('by a blocked address is dropped, whoever passes it on; so is one to a blocked room', async () => {
    const { stage, stream } = await online()
    stage.storage.replaceBlocked(1, [...(['pest@evil.example', 'rooms.evil.example'] as (typeof COVEN)[])])
    stream.receive(mediated('pest@evil.example/x'))
    stream.receive(mediated(HECATE, 'den@rooms.evil.example'))
    stream.receive(direct(JULIET, 'den@rooms.evil.example'))
    expect(waiting(stage)).toEqual([])
  })

  test('whom a room names proves nothing: a stranger’s word does not take the place of a contact’s', async () => {
    const { stage, stream } = await online()
    stream.receive(direct(`${JULIET}/balcony`))
    stream.receive(mediated(JULIET))
    stream.receive(direct('pest@evil.example/x'))
    expect(waiting(stage)).toMatchObject([{ from: `${JULIET}/balcony` }])
    stream.receive(direct(`${JULIET}/garden`))
    expect(waiting(stage)).toMatchObject([{ from: `${JULIET}/garden` }])
  })

  test('one stranger, or one service whomever it names, may have so many waiting', async () => {
    const { stage, stream } = await online()
    const { each } = INVITATION_BOUNDS
    for (let n = 0; n < each + 5; n += 1) {
      stream.receive(direct(`pest@evil.example/${n}`, `r${n}@chat.shakespeare.example`))
      stream.receive(mediated(`victim${n}@shakespeare.example`, `m${n}@rooms.evil.example`))
    }
    expect(waiting(stage)).toHaveLength(2 * each)
    expect(stage.logs.some(({ message }) => message === 'too many invitations wait')).toBe(true)
  })

  test('all strangers together may have so many; contacts still come through', async () => {
    const { stage, stream } = await online()
    const { strangers } = INVITATION_BOUNDS
    for (let n = 0; n < strangers + 20; n += 1) {
      stream.receive(direct(`pest${n}@evil.example`, `r${n}@rooms.evil.example`))
    }
    expect(waiting(stage)).toHaveLength(strangers)
    stream.receive(direct(`${JULIET}/balcony`))
    expect(waiting(stage)[0]).toMatchObject({ from: `${JULIET}/balcony`, room: COVEN })
  })
})
