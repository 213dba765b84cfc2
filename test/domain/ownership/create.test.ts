/** Making a room (XEP-0045 §10.1): what the presets promise, and that no room is changed by accident. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { UserError } from '../../../src-main/contract/errors.ts'
import type { Element } from '../../../src-main/protocol/xml.ts'
import { jid, JULIET, NOW, setStage, settle, type Stage } from '../stage.ts'
import { COVEN, converse, door, NS_BOOKMARKS, NS_MUC, refusal, roomInfo, startWith, type Rule } from '../bookmarks/setting.ts' // prettier-ignore
import { configuration, CREATED, FORM, NS_ADMIN, NS_OWNER, submitted } from './setting.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const FREE: Rule = [
  (request) => request.attrs['to'] === COVEN && String(request).includes('disco#info'),
  refusal('item-not-found'),
]
type Wish = Parameters<Stage['app']['createRoom']>[0]
const OWNER = `affiliation='owner' role='moderator'`
const MADE = door(COVEN, OWNER, CREATED)
const wish: Wish = {
  ...{ accountId: 1, jid: COVEN, nick: 'firstwitch', name: 'A Dark Cave' },
  preset: 'group',
  invite: [],
}

interface Made {
  readonly stage: Stage
  readonly sent: readonly Element[]
  readonly outcome: string
}

/** All that was sent from the wish on, and how it ended. */
async function make(rules: readonly Rule[], input = wish): Promise<Made> {
  const stage = setStage()
  const { stream } = await startWith(stage, [])
  const sent: Element[] = []
  const outcome = stage.app.createRoom(input).then(
    () => 'made',
    (error: unknown) => (error instanceof UserError ? wordsOf(error) : String(error)),
  )
  const taken: Rule = [(stanza) => stanza.is('iq') && stanza.attrs['type'] === 'set', '']
  for (let round = 0; round < 8; round += 1) {
    await settle()
    sent.push(...(await converse(stream, [...rules, taken])))
  }
  return { stage, sent, outcome: await outcome }
}
const wordsOf = ({ data: { code, condition } }: UserError): string =>
  condition === undefined ? code : `${code} ${condition}`
const about = (sent: readonly Element[], text: string) => sent.filter((each) => String(each).includes(text))

describe('a new room', () => {
  test('as a private group is for members, hidden, lasting, kept, and shows addresses', async () => {
    const { stage, sent, outcome } = await make([FREE, MADE, configuration()])
    expect(outcome).toBe('made')
    expect(submitted(sent)).toEqual({
      FORM_TYPE: [`${NS_MUC}#roomconfig`],
      'muc#roomconfig_roomname': ['A Dark Cave'],
      'muc#roomconfig_persistentroom': ['1'],
      'muc#roomconfig_publicroom': ['0'],
      'muc#roomconfig_membersonly': ['1'],
      'muc#roomconfig_moderatedroom': ['0'],
      'muc#roomconfig_whois': ['anyone'],
      'muc#roomconfig_enablearchiving': ['1'],
      'muc#roomconfig_historylength': ['20'],
    })
    expect(stage.app.state().rooms).toMatchObject([
      { jid: COVEN, phase: 'in', bookmarked: true, autojoin: true, notify: 'all', affiliation: 'owner' },
    ])
  })

  test('as a public channel is open, listed, lasting, kept, and shows addresses to moderators alone', async () => {
    const { sent, outcome, stage } = await make([FREE, MADE, configuration()], { ...wish, preset: 'channel' })
    expect(outcome).toBe('made')
    expect(submitted(sent)).toMatchObject({
      'muc#roomconfig_persistentroom': ['1'],
      'muc#roomconfig_publicroom': ['1'],
      'muc#roomconfig_membersonly': ['0'],
      'muc#roomconfig_whois': ['moderators'],
      'muc#roomconfig_enablearchiving': ['1'],
    })
    expect(stage.app.state().rooms).toMatchObject([{ notify: 'mentions' }])
  })

  test('is told to every window, whichever it was made in', async () => {
    const { stage } = await make([FREE, MADE, configuration()])
    const told = stage.events('conversation.changed').map(({ conversation }) => conversation.counterpart)
    expect(told).toContain(COVEN)
  })

  test('is bookmarked for all devices', async () => {
    const { sent } = await make([FREE, MADE, configuration()])
    const [bookmark] = about(sent, `<publish node="${NS_BOOKMARKS}"`)
    expect(String(bookmark)).toContain(`<item id="${COVEN}">`)
    expect(String(bookmark)).toContain('autojoin="true"')
  })

  test('sets only what the form offers', async () => {
    const few = FORM.replace(
      /<field var='muc#roomconfig_(enablearchiving|whois|publicroom)'.*?<\/field>/g,
      '',
    )
    const { sent, outcome } = await make([FREE, MADE, configuration(few)])
    expect(outcome).toBe('made')
    expect(Object.keys(submitted(sent) ?? {})).not.toContain('muc#roomconfig_enablearchiving')
    expect(Object.keys(submitted(sent) ?? {})).not.toContain('muc#roomconfig_whois')
  })

  test('without a form is opened as the service would have it, where nothing was promised', async () => {
    const none: Rule = [
      (request) => request.attrs['type'] === 'get' && String(request).includes(NS_OWNER),
      `<query xmlns='${NS_OWNER}'/>`,
    ]
    const { sent, outcome } = await make([FREE, MADE, none], { ...wish, preset: 'channel' })
    expect(outcome).toBe('made')
    expect(submitted(sent)).toEqual({})
  })

  test('that others are asked into makes them members first', async () => {
    const hecate = jid('hecate@shakespeare.example')
    const lists: Rule = [
      (request) => request.attrs['type'] === 'get' && String(request).includes(NS_ADMIN),
      `<query xmlns='${NS_ADMIN}'/>`,
    ]
    const later = { known: false }
    const info: Rule = [
      (request) => later.known && request.attrs['to'] === COVEN && String(request).includes('disco#info'),
      String(roomInfo(COVEN, ['muc_membersonly'])[1]),
    ]
    const form: Rule = [
      (request) => String(request).includes(NS_OWNER) && request.attrs['type'] === 'set',
      () => {
        later.known = true
        return ''
      },
    ]
    const invite = [JULIET, hecate]
    const { sent } = await make([info, FREE, MADE, configuration(), form, lists], { ...wish, invite })
    const order = sent
      .filter((each) => String(each).includes(`affiliation="member"`) || each.is('message'))
      .map((each) => `${each.getName()} ${/(?:jid|to)="([^"]*@(?!chat)[^"]*)"/.exec(String(each))?.[1]}`)
    expect(order.slice(1)).toEqual([`iq ${JULIET}`, `iq ${hecate}`, `message ${JULIET}`, `message ${hecate}`])
  })
})

describe('an address that is taken', () => {
  test('is not even entered', async () => {
    const { stage, sent, outcome } = await make([roomInfo(COVEN), MADE, configuration()])
    expect(outcome).toBe('refused-by-server conflict')
    expect(sent.filter((each) => each.is('presence'))).toEqual([])
    expect(submitted(sent)).toBeUndefined()
    expect(stage.app.state().rooms).toEqual([])
  })

  test('meanwhile is left as it is: without status 201 nothing is set up', async () => {
    const { stage, sent, outcome } = await make([FREE, door(COVEN, OWNER), configuration()])
    expect(outcome).toBe('refused-by-server conflict')
    expect(about(sent, NS_OWNER)).toEqual([])
    expect(about(sent, NS_BOOKMARKS).filter((each) => each.attrs['type'] === 'set')).toEqual([])
    expect(sent.filter((each) => each.attrs['type'] === 'unavailable')).toHaveLength(1)
    expect(stage.app.state().rooms).toMatchObject([{ phase: 'out', bookmarked: false }])
  })
})

test('a room that is gone is not made anew by coming in', async () => {
  const stage = setStage()
  const rules = [roomInfo(COVEN), MADE]
  const { stream } = await startWith(stage, rules)
  await stage.app.joinRoom({ accountId: 1, jid: COVEN, nick: 'firstwitch', autojoin: false })
  await settle()
  const sent = await converse(stream, rules)
  expect(sent.filter((each) => each.attrs['type'] === 'unavailable')).toHaveLength(1)
  expect(about(sent, NS_OWNER)).toEqual([])
  expect(stage.app.state().rooms).toMatchObject([{ phase: 'failed', problem: { code: 'not-found' } }])
})

describe('a service that won’t', () => {
  const noMembers = FORM.replace(/<field var='muc#roomconfig_membersonly'.*?<\/field>/, '')

  test('make a room for members makes no group: it is taken back', async () => {
    const { sent, outcome } = await make([FREE, MADE, configuration(noMembers)])
    expect(outcome).toBe('not-supported')
    expect(submitted(sent)).toBeUndefined()
    expect(about(sent, `type="cancel"`)).toHaveLength(1)
    expect(sent.filter((each) => each.attrs['type'] === 'unavailable')).toHaveLength(1)
  })

  test('take the form is heard, and the room is taken back', async () => {
    const refusing: Rule = [
      (request) => request.attrs['type'] === 'set' && String(request).includes('type="submit"'),
      refusal('not-acceptable', 'modify'),
    ]
    const { stage, sent, outcome } = await make([FREE, MADE, configuration(), refusing])
    expect(outcome).toBe('refused-by-server not-acceptable')
    expect(about(sent, `type="cancel"`)).toHaveLength(1)
    expect(stage.app.state().rooms).toMatchObject([{ phase: 'out', bookmarked: false }])
  })

  test('let us make rooms says so', async () => {
    const closed: Rule = [
      (stanza) => stanza.is('presence') && String(stanza.attrs['to']).startsWith(COVEN),
      (stanza) => [
        `<presence type='error' from='${String(stanza.attrs['to'])}'><x xmlns='${NS_MUC}'/>${refusal('not-allowed')}</presence>`,
      ],
    ]
    const { outcome } = await make([FREE, closed])
    expect(outcome).toBe('refused-by-server not-allowed')
  })
})

test('needs a connection', async () => {
  const stage = setStage()
  await expect(stage.app.createRoom(wish)).rejects.toMatchObject({ data: { code: 'offline' } })
})
