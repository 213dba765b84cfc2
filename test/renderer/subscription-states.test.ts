/**
 * RFC 6121 appendix A: the nine states of a subscription, and every subscription stanza in each of them, both ways. The
 * server decides; what counts here is what we send, what we ignore, and that the screens follow the roster push alone.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  subscriptionActions,
  subscriptionWords,
} from '../../src-renderer/components/roster/subscription-actions.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { JULIET, NOW, only, ROMEO, setStage, settle, startOnline, type Stage } from '../domain/stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

interface State {
  readonly subscription: 'none' | 'to' | 'from' | 'both'
  /** Pending Out. */
  readonly ask: boolean
  /** Pending In: not in the roster; the server gives us the request itself. */
  readonly asked: boolean
}

const STATES = {
  None: { subscription: 'none', ask: false, asked: false },
  'None + Pending Out': { subscription: 'none', ask: true, asked: false },
  'None + Pending In': { subscription: 'none', ask: false, asked: true },
  'None + Pending Out+In': { subscription: 'none', ask: true, asked: true },
  To: { subscription: 'to', ask: false, asked: false },
  'To + Pending In': { subscription: 'to', ask: false, asked: true },
  From: { subscription: 'from', ask: false, asked: false },
  'From + Pending Out': { subscription: 'from', ask: true, asked: false },
  Both: { subscription: 'both', ask: false, asked: false },
} as const satisfies Record<string, State>
type Name = keyof typeof STATES
type Kind = 'subscribe' | 'subscribed' | 'unsubscribe' | 'unsubscribed'

/** A.2.1: where the server goes on a stanza of ours; absent, it stays. */
const OUTBOUND: Readonly<Record<Kind, Partial<Record<Name, Name>>>> = {
  subscribe: {
    None: 'None + Pending Out',
    'None + Pending In': 'None + Pending Out+In',
    From: 'From + Pending Out',
  },
  unsubscribe: {
    'None + Pending Out': 'None',
    'None + Pending Out+In': 'None + Pending In',
    To: 'None',
    'To + Pending In': 'None + Pending In',
    'From + Pending Out': 'From',
    Both: 'From',
  },
  subscribed: {
    'None + Pending In': 'From',
    'None + Pending Out+In': 'From + Pending Out',
    'To + Pending In': 'Both',
  },
  unsubscribed: {
    'None + Pending In': 'None',
    'None + Pending Out+In': 'None + Pending Out',
    'To + Pending In': 'To',
    From: 'None',
    'From + Pending Out': 'None + Pending Out',
    Both: 'To',
  },
}

/** A.3: where it goes on a stanza of the contact's that it lets through. */
const INBOUND: Readonly<Record<Kind, Partial<Record<Name, Name>>>> = {
  subscribe: {
    None: 'None + Pending In',
    'None + Pending Out': 'None + Pending Out+In',
    To: 'To + Pending In',
  },
  unsubscribe: {
    'None + Pending In': 'None',
    'None + Pending Out+In': 'None + Pending Out',
    'To + Pending In': 'To',
    From: 'None',
    'From + Pending Out': 'None + Pending Out',
    Both: 'To',
  },
  subscribed: {
    'None + Pending Out': 'To',
    'None + Pending Out+In': 'To + Pending In',
    'From + Pending Out': 'Both',
  },
  unsubscribed: {
    'None + Pending Out': 'None',
    'None + Pending Out+In': 'None + Pending In',
    To: 'None',
    'To + Pending In': 'None + Pending In',
    'From + Pending Out': 'From',
    Both: 'From',
  },
}

const KINDS = Object.keys(OUTBOUND) as Kind[]
const NAMES = Object.keys(STATES) as Name[]
const ALL = KINDS.flatMap((kind) => NAMES.map((name) => [kind, name] as const))

function item({ subscription, ask }: State): string {
  return `<item jid='${JULIET}' subscription='${subscription}'${ask ? ` ask='subscribe'` : ''}/>`
}

function push(state: State): string {
  return `<iq type='set' id='push'><query xmlns='jabber:iq:roster'>${item(state)}</query></iq>`
}

const stanza = (type: string, from: string): string => `<presence type='${type}' from='${from}'/>`

async function inState(name: Name): Promise<{ stage: Stage; stream: FakeStream }> {
  const stage = setStage()
  const stream = await startOnline(stage, item(STATES[name]))
  if (STATES[name].asked) stream.receive(stanza('subscribe', JULIET))
  stage.eventNames()
  return { stage, stream }
}

/** The state as the screens have it. */
function stateOf(stage: Stage): Name | undefined {
  const { contacts, requests } = stage.app.state()
  const [contact] = contacts
  if (contact === undefined) return undefined
  const { subscription, ask } = contact
  const asked = requests.some(({ jid }) => jid === JULIET)
  return NAMES.find((name) => {
    const state = STATES[name]
    return state.subscription === subscription && state.ask === ask && state.asked === asked
  })
}

function presences(sent: readonly Element[]): readonly Element[] {
  return sent.filter((element) => element.is('presence'))
}

const send: Readonly<Record<Kind, (stage: Stage) => unknown>> = {
  subscribe: ({ app }) => app.requestSubscription({ accountId: 1, jid: JULIET }),
  unsubscribe: ({ app }) => app.endSubscription({ accountId: 1, jid: JULIET }),
  subscribed: ({ app }) => app.answerSubscription({ accountId: 1, jid: JULIET, answer: 'accept' }),
  unsubscribed: ({ app }) => app.revokeSubscription({ accountId: 1, jid: JULIET }),
}

describe.each(ALL)('outbound %s in %s', (kind, name) => {
  const next = OUTBOUND[kind][name] ?? name

  test(`leads to ${next}`, async () => {
    const { stage, stream } = await inState(name)
    if (kind === 'subscribed' && !STATES[name].asked) {
      // There is nothing to grant, and nothing is sent.
      await expect(Promise.resolve(send[kind](stage))).rejects.toThrow('not-found')
      expect(stream.sent()).toEqual([])
      return
    }
    await send[kind](stage)
    const sent = only(stream.sent(), 'presence')
    expect(sent.attrs).toMatchObject({ type: kind, to: JULIET })
    // What the roster says is the server's to say: the item stays until its push.
    const { subscription, ask } = STATES[name]
    expect(stage.app.state().contacts).toMatchObject([{ subscription, ask }])
    stream.receive(push(STATES[next]))
    expect(stateOf(stage)).toBe(next)
  })
})

describe.each(ALL)('inbound %s in %s', (kind, name) => {
  const next = INBOUND[kind][name] ?? name

  test(`leads to ${next} with the push`, async () => {
    const { stage, stream } = await inState(name)
    stream.receive(stanza(kind, JULIET))
    const { subscription, ask } = STATES[name]
    expect(stage.app.state().contacts).toMatchObject([{ subscription, ask }])
    stream.receive(push(STATES[next]))
    expect(stateOf(stage)).toBe(next)
    // §3.1.3: who sees us already is told so again; to nothing else is there an answer by itself.
    const isAnswered = kind === 'subscribe' && (subscription === 'from' || subscription === 'both')
    expect(presences(stream.sent()).map(({ attrs }) => [attrs['type'], attrs['to']])).toEqual(
      isAnswered ? [['subscribed', JULIET]] : [],
    )
  })

  test('without a push grants and takes nothing', async () => {
    const { stage, stream } = await inState(name)
    stream.receive(stanza(kind, JULIET))
    const { subscription, ask } = STATES[name]
    expect(stage.app.state().contacts).toMatchObject([{ subscription, ask }])
    expect(stage.events('roster.changed').slice(1)).toEqual([])
  })

  test.each(['mallory@evil.example', 'juliet@capu1et.example', 'capulet.example', ROMEO])(
    'with the contact’s name on it, from %s, is nothing to the contact',
    async (from) => {
      const { stage, stream } = await inState(name)
      stream.receive(stanza(kind, from))
      await settle()
      expect(stateOf(stage)).toBe(name)
    },
  )
})

test.each(NAMES)('a push that leads to %s is what words and actions follow', async (name) => {
  const { stage, stream } = await inState('None')
  if (STATES[name].asked) stream.receive(stanza('subscribe', JULIET))
  stream.receive(push(STATES[name]))
  const [contact] = stage.app.state().contacts
  if (contact === undefined) throw new Error('no contact')
  const { subscription, ask, asked } = STATES[name]
  const none = { blocked: false, shown: false, canBlock: false, canPreApprove: false }
  const actions = subscriptionActions({ contact, hasAsked: asked, ...none })
  const sees = subscription === 'to' || subscription === 'both'
  const isSeen = subscription === 'from' || subscription === 'both'
  expect(actions.includes('answer')).toBe(asked)
  expect(actions.includes('stop-seeing')).toBe(sees)
  expect(actions.includes('cancel-request')).toBe(ask)
  expect(actions.includes('revoke')).toBe(isSeen)
  expect(subscriptionWords({ contact, hasAsked: asked })).toHaveLength(1 + Number(ask) + Number(asked))
})

test('a push from anybody else changes no state', async () => {
  const { stage, stream } = await inState('None')
  for (const from of ['mallory@evil.example', 'montague.example', `${ROMEO}/other`]) {
    stream.receive(push(STATES.Both).replace('<iq ', `<iq from='${from}' `))
  }
  expect(stateOf(stage)).toBe('None')
  expect(stream.sent().map(({ attrs }) => attrs['type'])).toEqual(['error', 'error', 'error'])
})

test('who is on no roster is put on none by subscribed or unsubscribed', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  stage.eventNames()
  for (const kind of ['subscribed', 'unsubscribed', 'unsubscribe']) stream.receive(stanza(kind, JULIET))
  expect(stage.app.state()).toMatchObject({ contacts: [], requests: [] })
  expect(stage.eventNames()).toEqual([])
  expect(stream.sent()).toEqual([])
})
