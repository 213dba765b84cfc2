// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Snapshot } from '../../../src-main/contract/snapshot.ts'
import type { Message } from '../../../src-main/model/message.ts'
import type { Occupant, Room } from '../../../src-main/model/room.ts'
import { createFakeBridge, type FakeBridge } from '../fake-bridge.ts'
import { jid, makeAccount, makeContact, makeConversation, ONLINE } from '../make.ts'
import { renderApp } from '../render-app.ts'
import { GARDEN, makeInvitation, makeOccupant, makeRoom, makeSaid, makeTraits } from './make.ts'
import { createRoomBridge, type Answers } from './room-bridge.ts'

const user = userEvent.setup()
const CAST: readonly Occupant[] = [
  makeOccupant('Romeo'),
  makeOccupant('Juliet', { affiliation: 'owner', role: 'moderator' }),
  makeOccupant('Nurse', { jid: jid('nurse@capulet.example') }),
]

interface Scene {
  readonly room?: Partial<Room>
  readonly said?: readonly Message[]
  readonly state?: Partial<Snapshot>
  readonly answers?: Answers
}

beforeEach(() => {
  localStorage.clear()
  Object.defineProperty(window, 'innerWidth', { value: 1300, configurable: true })
})

async function open({ room = {}, said = [], state = {}, answers = {} }: Scene = {}): Promise<FakeBridge> {
  const page = () => ({ messages: said, hasMore: false })
  const bridge = createRoomBridge(
    room,
    { 'conversation.page': page, 'room.occupants': () => CAST, ...answers },
    state,
  )
  renderApp(bridge)
  await screen.findByRole('heading', { name: 'Chats' })
  return bridge
}

const main = () => screen.getByRole('main')
const field = () => within(main()).getByRole<HTMLTextAreaElement>('textbox', { name: 'Message Garden' })
/** The list itself needs a real window to be drawn: test/e2e/rooms.test.ts. */
const counted = () => screen.findByRole('heading', { name: '3 people' })

describe('a room on screen', () => {
  test('says its topic, whole on demand, with its link as a link and its markup as text', async () => {
    const bridge = await open({
      room: { subject: 'Tonight\n<b>dance</b> https://a.example', subjectBy: 'Juliet' },
    })
    expect(screen.queryByText('Set by Juliet')).toBeNull()
    await user.click(await screen.findByRole('button', { name: /Show the whole topic/ }))
    expect(screen.getByText('Set by Juliet')).toBeDefined()
    expect(main().querySelector('b')).toBeNull()
    await user.click(screen.getByRole('link', { name: 'https://a.example' }))
    expect(bridge.inputsOf('link.open')).toEqual([{ url: 'https://a.example/' }])
  })

  test('who types is told by nick, and many by number', async () => {
    const bridge = await open()
    bridge.push('room.typingChanged', { conversationId: 1, nicks: ['Juliet', 'Nurse'] })
    expect((await within(main()).findByText('Juliet and Nurse are typing')).tagName).toBe('BDI')
    bridge.push('room.typingChanged', { conversationId: 1, nicks: ['a', 'b', 'c'] })
    expect(await within(main()).findByText('3 people are typing')).toBeDefined()
  })

  test('answers nothing while joining but what was said', async () => {
    await open({ room: { phase: 'joining' } })
    expect(within(main()).getByText('Joining…')).toBeDefined()
    expect(screen.queryByRole('region', { name: 'People in Garden' })).toBeNull()
  })
})

describe('who says it', () => {
  const said = [
    makeSaid(1, 'Juliet', { body: 'one' }),
    makeSaid(2, 'Juliet', { body: 'two' }),
    makeSaid(3, 'Juliet', { body: 'three', author: { nick: 'Juliet', occupantId: 'another' } }),
    makeSaid(4, 'Romeo', { body: 'four' }),
    makeSaid(5, 'Nurse', { body: 'Romeo: five', mention: true }),
  ]

  test('stands over each run of one person, and not over one’s own', async () => {
    await open({ said })
    await screen.findByRole('log')
    const names = within(screen.getByRole('log')).getAllByRole('button', { name: /what can be done/ })
    // Whoever took over the nick is told apart.
    expect(names.map((name) => name.textContent.trim())).toEqual(['Juliet', 'Juliet', 'Nurse'])
  })

  test('is in the name of the message, with that it speaks to us', async () => {
    await open({ said })
    expect(await screen.findByRole('article', { name: /^Nurse, .*, speaks to you$/ })).toBeDefined()
    expect(screen.getByRole('article', { name: /^You, / })).toBeDefined()
  })

  test('can be removed, once a reason was asked for', async () => {
    const bridge = await open({ said, room: { role: 'moderator', affiliation: 'owner' } })
    await counted()
    const names = await screen.findAllByRole('button', { name: /^Nurse: what can be done/ })
    await user.click(names[0] as HTMLElement)
    await user.click(await screen.findByRole('menuitem', { name: 'Remove from the room…' }))
    const dialog = await screen.findByRole('dialog', { name: 'Remove Nurse?' })
    await user.type(within(dialog).getByLabelText('Reason (optional)'), 'Chatter{Enter}')
    await waitFor(() =>
      expect(bridge.inputsOf('room.setRole')).toEqual([
        { conversationId: 1, nick: 'Nurse', role: 'none', reason: 'Chatter' },
      ]),
    )
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  test('can be written to alone, from the name', async () => {
    const bridge = await open({
      said,
      answers: {
        'room.openPrivate': () => makeConversation(2, GARDEN, { kind: 'private', nick: 'Nurse' }),
      },
    })
    const names = await screen.findAllByRole('button', { name: /^Nurse: what can be done/ })
    await user.click(names[0] as HTMLElement)
    await user.click(await screen.findByRole('menuitem', { name: 'Message privately' }))
    expect(bridge.inputsOf('room.openPrivate')).toEqual([{ conversationId: 1, nick: 'Nurse' }])
    expect(await screen.findByText('Private message through Garden', { exact: false })).toBeDefined()
  })
})

describe('the people', () => {
  test('are hidden and shown again by the button that counts them', async () => {
    await open()
    const button = await screen.findByRole('button', { name: '3 people' })
    expect(button.getAttribute('aria-pressed')).toBe('true')
    await user.click(button)
    expect(screen.queryByRole('region', { name: 'People in Garden' })).toBeNull()
    await user.click(button)
    expect(screen.getByRole('region', { name: 'People in Garden' })).toBeDefined()
  })

  test('a list that could not be had can be asked for again', async () => {
    let tries = 0
    await open({
      answers: {
        'room.occupants': () => {
          tries += 1
          if (tries === 1) throw new Error('x')
          return CAST
        },
      },
    }).catch(() => undefined)
    await user.click(await screen.findByRole('button', { name: 'Retry' }))
    expect(await counted()).toBeDefined()
  })
})

describe('writing', () => {
  test('@ completes a nick: arrows, Enter, and Esc leaves the words alone', async () => {
    await open()
    await counted()
    await user.type(field(), '@')
    const list = await screen.findByRole('listbox', { name: 'People to mention' })
    expect(within(list).getAllByRole('option')).toHaveLength(2)
    expect(field().getAttribute('aria-activedescendant')).toBe(within(list).getAllByRole('option')[0]?.id)
    await user.keyboard('{ArrowDown}{Enter}')
    expect(field().value).toBe('Nurse: ')
    await user.type(field(), 'ask @ju')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('listbox', { name: 'People to mention' })).toBeNull()
    expect(field().value).toBe('Nurse: ask @ju')
  })

  test('Tab completes the beginning of a nick, and goes on where it is none', async () => {
    await open()
    await counted()
    await user.type(field(), 'ju')
    await user.keyboard('{Tab}')
    expect(field().value).toBe('Juliet: ')
    expect(document.activeElement).toBe(field())
    await user.type(field(), 'hist')
    await user.keyboard('{Tab}')
    expect(document.activeElement).not.toBe(field())
  })

  test('a visitor where only some may speak is told so, and can ask for a voice', async () => {
    const bridge = await open({ room: { role: 'visitor', traits: makeTraits({ moderated: true }) } })
    expect(await screen.findByText('Only those with a voice may speak in this room.')).toBeDefined()
    expect(within(main()).queryByRole('textbox', { name: 'Message Garden' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Ask for a voice' }))
    expect(await screen.findByText('The moderators have been asked.')).toBeDefined()
    expect(bridge.inputsOf('room.requestVoice')).toEqual([{ conversationId: 1 }])
  })

  test('a moderator answers who asks for a voice, one after the other', async () => {
    const bridge = await open({ room: { role: 'moderator' } })
    bridge.push('room.voiceRequested', { conversationId: 1, kind: 'voice', nick: 'Paris' })
    bridge.push('room.voiceRequested', { conversationId: 1, kind: 'voice', nick: 'Peter' })
    expect(await screen.findByText('Paris asks to speak.')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Allow' }))
    expect(await screen.findByText('Peter asks to speak.')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Not now' }))
    await waitFor(() => expect(screen.queryByText(/asks to speak/)).toBeNull())
    expect(bridge.inputsOf('room.answerVoice')).toEqual([
      { conversationId: 1, kind: 'voice', nick: 'Paris', allow: true },
      { conversationId: 1, kind: 'voice', nick: 'Peter', allow: false },
    ])
  })
})

describe('not in it', () => {
  test('a password is asked for right here', async () => {
    const bridge = await open({ room: { phase: 'failed', problem: { code: 'password' } } })
    await user.type(screen.getByLabelText('Password of the room'), 'sesame{Enter}')
    expect(bridge.inputsOf('room.rejoin')).toEqual([{ conversationId: 1, password: 'sesame' }])
    expect(screen.getByText('You are not in this room.')).toBeDefined()
  })

  test('another nick is proposed, each time anew', async () => {
    const bridge = await open({ room: { phase: 'failed', problem: { code: 'nick-taken', free: 'Romeo2' } } })
    const nick = screen.getByLabelText<HTMLInputElement>('Your name there')
    expect(nick.value).toBe('Romeo2')
    const problem = { code: 'nick-taken', free: 'Romeo3' } as const
    bridge.push('room.changed', { room: makeRoom({ phase: 'failed', problem }) })
    await waitFor(() => expect(nick.value).toBe('Romeo3'))
    await user.click(screen.getByRole('button', { name: 'Join' }))
    expect(bridge.inputsOf('room.rejoin')).toEqual([{ conversationId: 1, nick: 'Romeo3' }])
  })

  test('a room in its place is joined only after it was looked at', async () => {
    const problem = {
      code: 'destroyed',
      reason: 'Moved',
      jid: jid('new@rooms.example'),
      password: 'x',
    } as const
    const bridge = await open({
      room: { phase: 'failed', problem },
      answers: {
        'room.preview': ({ jid: room }) => ({ jid: jid(room), nick: 'Romeo', traits: makeTraits() }),
      },
    })
    expect(screen.getByText('Moved')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Go there…' }))
    const dialog = await screen.findByRole('dialog', { name: 'Join a room' })
    expect(within(dialog).getByText('new@rooms.example')).toBeDefined()
    expect(within(dialog).getByLabelText<HTMLInputElement>('Password of the room').value).toBe('x')
    expect(bridge.inputsOf('room.join')).toEqual([])
  })

  test('removed from the list, it is left for good', async () => {
    const bridge = await open({ room: { phase: 'failed', problem: { code: 'banned' } } })
    await user.click(screen.getByRole('button', { name: 'Remove from list' }))
    await waitFor(() =>
      expect(bridge.inputsOf('conversation.putAway')).toEqual([{ conversationId: 1, away: true }]),
    )
    expect(bridge.inputsOf('room.leave')).toEqual([{ conversationId: 1 }])
  })
})

test('S20: who writes through a room is neither contact nor stranger, though an address would say so', async () => {
  await open({
    state: {
      contacts: [makeContact(GARDEN, { name: 'My dear friend' })],
      conversations: [makeConversation(2, GARDEN, { kind: 'private', nick: 'Juliet Capulet' })],
      rooms: [makeRoom()],
      view: { kind: 'conversation', conversationId: 2 },
    },
  })
  expect(await within(main()).findByRole('heading', { name: 'Juliet Capulet' })).toBeDefined()
  expect(within(main()).getByText('Private message through Garden', { exact: false })).toBeDefined()
  expect(screen.queryByText('My dear friend')).toBeNull()
  expect(screen.queryByText(/is not in your contacts/)).toBeNull()
  await user.click(within(main()).getByRole('button', { name: 'Conversation menu' }))
  expect(screen.queryByRole('menuitem', { name: /contact/i })).toBeNull()
})

describe('invitations', () => {
  const invitation = makeInvitation(7, {
    from: jid('juliet@capulet.example'),
    reason: 'Come!',
    password: 'p',
  })
  const state = { conversations: [], rooms: [], invitations: [invitation], view: { kind: 'inbox' } } as const

  test('wait in the Inbox; joined only by way of a look at the room', async () => {
    const bridge = await createInbox()
    await user.click(await screen.findByRole('button', { name: 'Join…' }))
    const dialog = await screen.findByRole('dialog', { name: 'Join a room' })
    expect(bridge.inputsOf('invitation.answer')).toEqual([])
    const nick = within(dialog).getByLabelText('Your name there')
    await user.clear(nick)
    await user.type(nick, 'Monty')
    await user.click(within(dialog).getByRole('button', { name: 'Join' }))
    await waitFor(() =>
      expect(bridge.inputsOf('room.join')).toEqual([
        { accountId: 1, jid: GARDEN, nick: 'Monty', password: 'p', autojoin: true },
      ]),
    )
    expect(bridge.inputsOf('invitation.answer')).toEqual([{ invitationId: 7, answer: 'accept' }])
  })

  test('are declined or ignored without a word more', async () => {
    const bridge = await createInbox()
    await user.click(await screen.findByRole('button', { name: 'Decline' }))
    await user.click(screen.getByRole('button', { name: 'Ignore' }))
    expect(bridge.inputsOf('invitation.answer').map(({ answer }) => answer)).toEqual(['decline', 'ignore'])
    bridge.push('invitation.answered', { invitationId: 7 })
    expect(await screen.findByText('No messages')).toBeDefined()
  })

  async function createInbox(): Promise<FakeBridge> {
    const bridge = createFakeBridge(
      { accounts: [makeAccount()], connections: [{ accountId: 1, state: ONLINE }], ...state },
      {
        'room.preview': () => ({ jid: GARDEN, nick: 'Romeo', traits: makeTraits() }),
        'room.join': () => makeConversation(1, GARDEN, { kind: 'room' }),
        'conversation.page': () => ({ messages: [], hasMore: false }),
      },
    )
    renderApp(bridge)
    await screen.findByRole('heading', { name: 'Inbox' })
    return bridge
  }
})
