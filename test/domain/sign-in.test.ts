/** Signing in from the setup screen: progress, failure, cancelling, and what is kept only after success. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { App } from '../../src-main/domain/app.types.ts'
import {
  answerRoster,
  bodies,
  failure,
  isRosterGet,
  JULIET,
  NOW,
  only,
  phase,
  result,
  ROMEO,
  setStage,
  settle,
} from './stage.ts'
import type { Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

type Input = Parameters<App['signIn']>[0]

const INPUT: Input = {
  ...{
    address: 'Romeo@Montague.example',
    password: 'wherefore',
    remember: true,
    insist: false,
    security: 'automatic',
  },
}

async function signIn(stage: Stage, input: Partial<Input> = {}) {
  const signing = stage.app.signIn({ ...INPUT, ...input })
  signing.catch(() => undefined)
  await settle()
  return signing
}

/** Signs in and plays the server up to the end. */
async function signInWhole(stage: Stage, input: Partial<Input> = {}) {
  const signing = stage.app.signIn({ ...INPUT, ...input })
  await settle()
  const sent = await answerRoster(stage.stream(), `<item jid='juliet@capulet.example' subscription='both'/>`)
  return { account: await signing, sent }
}

describe('success', () => {
  test('keeps account, password, roster and mechanism, and is online with presence', async () => {
    const stage = setStage({ accounts: [] })
    const { account, sent } = await signInWhole(stage)
    expect(account).toMatchObject({ jid: ROMEO, enabled: true, remember: true, security: 'automatic' })
    expect(account.resource).toMatch(/^Linnet\.[a-z0-9]{6}$/)
    expect(stage.secrets.getPassword(account.id)).toBe('wherefore')
    expect(stage.storage.getStrongestMechanism(account.id)).toBe('SCRAM-SHA-256-PLUS')
    expect(stage.app.state().contacts).toMatchObject([{ jid: JULIET }])
    expect(phase(stage)).toBe('online')
    expect(only(sent, 'presence').attrs).toEqual({})
    expect(bodies(sent)).toEqual([])
    expect(stage.events('account.added')).toEqual([{ account }])
  })

  test('has one stream and asks for the roster once', async () => {
    const stage = setStage({ accounts: [] })
    const { sent } = await signInWhole(stage)
    expect(stage.connect.streams).toHaveLength(1)
    expect(sent.filter(isRosterGet)).toEqual([])
  })

  test('tells each step', async () => {
    const stage = setStage({ accounts: [] })
    const signing = stage.app.signIn(INPUT)
    for (const step of ['looking-up', 'connecting', 'securing', 'signing-in'] as const) {
      stage.connect.requests[0]?.onStep(step)
    }
    await settle()
    await answerRoster(stage.stream())
    await signing
    expect(stage.events('signIn.progressed').map(({ step }) => step)).toEqual([
      ...['looking-up', 'connecting', 'securing', 'signing-in', 'loading-contacts'],
    ])
  })

  test('uses the given host, port, security and resource', async () => {
    const stage = setStage({ accounts: [] })
    const given = { host: '127.0.0.1', port: 5223, security: 'direct-tls', resource: 'orchard' } as const
    const { account } = await signInWhole(stage, given)
    expect(stage.connect.requests[0]).toMatchObject({ jid: ROMEO, password: 'wherefore', ...given })
    expect(account).toMatchObject(given)
  })

  test('connects by itself at the next start', async () => {
    const before = setStage({ accounts: [] })
    await signInWhole(before)
    const after = setStage({ storage: before.storage })
    after.app.start()
    await settle()
    expect(after.connect.requests[0]).toMatchObject({ jid: ROMEO, strongestSeen: 'SCRAM-SHA-256-PLUS' })
  })

  test('of one that chose to be offline comes online', async () => {
    const stage = setStage({ accounts: [] })
    stage.app.setPresence({ show: 'offline', status: '' })
    const { sent } = await signInWhole(stage)
    expect(stage.app.state().ownPresence.show).toBe('online')
    expect(only(sent, 'presence').attrs).toEqual({})
  })

  test('loses no message that comes in while contacts load', async () => {
    const stage = setStage({ accounts: [] })
    const signing = stage.app.signIn(INPUT)
    await settle()
    stage.stream().receive(`<message from='${JULIET}' type='chat'><body>early</body></message>`)
    await answerRoster(stage.stream())
    await signing
    expect(stage.app.state().conversations).toMatchObject([{ last: { body: 'early' }, unreadCount: 1 }])
  })

  test('with an address that is there updates it and replaces its connection', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    await answerRoster(stage.stream())
    const { account } = await signInWhole(stage, { host: 'new.example', password: 'changed' })
    expect(stage.app.state().accounts).toEqual([account])
    expect(account).toMatchObject({ host: 'new.example', resource: 'Linnet.test' })
    expect(stage.secrets.getPassword(account.id)).toBe('changed')
    expect(stage.connect.streams.map(({ state }) => state)).toEqual(['closed', 'open'])
    expect(stage.events('account.changed')).toHaveLength(1)
    expect(phase(stage)).toBe('online')
  })
})

describe('failure', () => {
  test.each(['credentials', 'certificate', 'no-such-server', 'timeout'] as const)(
    'for %s leaves nothing behind',
    async (code) => {
      const stage = setStage({ accounts: [] })
      stage.connect.outcomes.push(failure(code))
      await expect(signIn(stage)).rejects.toMatchObject({
        data: { code: 'sign-in-failed', problem: { code } },
      })
      expect(stage.app.state().accounts).toEqual([])
      expect(stage.secrets.passwords.size).toBe(0)
      expect(stage.events('account.added')).toEqual([])
      await settle(3_600_000)
      expect(stage.connect.requests).toHaveLength(1)
    },
  )

  test('while contacts load says why the stream broke', async () => {
    const stage = setStage({ accounts: [] })
    const signing = stage.app.signIn(INPUT)
    await settle()
    const refused = expect(signing).rejects.toMatchObject({ data: { problem: { code: 'server-shutdown' } } })
    stage.stream().drop({ code: 'server-shutdown' })
    await refused
    expect(stage.app.state().accounts).toEqual([])
  })

  test('of a server that never sends contacts ends in a time-out', async () => {
    const stage = setStage({ accounts: [] })
    const signing = stage.app.signIn(INPUT)
    const refused = expect(signing).rejects.toMatchObject({ data: { problem: { code: 'timeout' } } })
    await settle(30_000)
    await refused
    expect(stage.stream().state).toBe('closed')
  })

  test('of a server without rosters is none', async () => {
    const stage = setStage({ accounts: [] })
    const signing = stage.app.signIn(INPUT)
    await settle()
    for (let asked = 0; asked < 2; asked++) {
      const request = stage.stream().sent().find(isRosterGet)
      if (request === undefined) break
      stage.stream().receive(result(request).replace('result', 'error'))
      await settle()
    }
    expect((await signing).jid).toBe(ROMEO)
    expect(phase(stage)).toBe('online')
  })

  test.each([
    '',
    'romeo',
    '@montague.example',
    'montague.example',
    'ro meo@montague.example',
    'romeo@montague.example/x',
  ])('of the address "%s" comes before connecting', async (address) => {
    const stage = setStage({ accounts: [] })
    await expect(signIn(stage, { address })).rejects.toThrow('invalid-address')
    expect(stage.connect.requests).toHaveLength(0)
  })

  test('with an address that is there brings its connection back', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    await answerRoster(stage.stream())
    stage.connect.outcomes.push(failure('credentials'))
    await expect(signIn(stage, { password: 'wrong' })).rejects.toThrow('sign-in-failed')
    await settle()
    await answerRoster(stage.stream())
    expect(phase(stage)).toBe('online')
    expect(stage.secrets.getPassword(1)).toBe('secret')
  })
})

describe('an unprotected keyring', () => {
  function unprotected(): Stage {
    const stage = setStage({ accounts: [] })
    stage.secrets.protected = false
    return stage
  }

  test('is said before anything is connected', async () => {
    const stage = unprotected()
    await expect(signIn(stage)).rejects.toThrow('keyring-unprotected')
    expect(stage.connect.requests).toHaveLength(0)
  })

  test.each([
    ['the user insists', { insist: true }],
    ['the password need not be remembered', { remember: false }],
  ])('is no matter when %s', async (_why, input) => {
    const stage = unprotected()
    const { account } = await signInWhole(stage, input)
    expect(account.jid).toBe(ROMEO)
  })
})

describe('cancelling', () => {
  test('before there is a stream ends the try; one that opens after all is closed', async () => {
    const stage = setStage({ accounts: [] })
    const signing = stage.app.signIn(INPUT)
    const refused = expect(signing).rejects.toMatchObject({ data: { problem: { code: 'cancelled' } } })
    stage.app.cancelSignIn()
    await refused
    await settle()
    expect(stage.connect.requests[0]?.signal.aborted).toBe(true)
    expect(stage.connect.streams.every(({ state }) => state === 'closed')).toBe(true)
    stage.connect.requests[0]?.onStep('securing')
    expect(stage.events('signIn.progressed')).toEqual([])
  })

  test('while contacts load closes the stream and keeps nothing', async () => {
    const stage = setStage({ accounts: [] })
    const signing = stage.app.signIn(INPUT)
    await settle()
    const refused = expect(signing).rejects.toMatchObject({ data: { problem: { code: 'cancelled' } } })
    stage.app.cancelSignIn()
    await refused
    expect(stage.stream().state).toBe('closed')
    expect(stage.app.state().accounts).toEqual([])
    expect(stage.secrets.passwords.size).toBe(0)
  })

  test('by starting another one', async () => {
    const stage = setStage({ accounts: [] })
    const first = stage.app.signIn(INPUT)
    const refused = expect(first).rejects.toMatchObject({ data: { problem: { code: 'cancelled' } } })
    await settle()
    const second = stage.app.signIn({ ...INPUT, address: 'mercutio@verona.example' })
    await refused
    await settle()
    await answerRoster(stage.stream())
    expect((await second).jid).toBe('mercutio@verona.example')
  })

  test('after the end does nothing', async () => {
    const stage = setStage({ accounts: [] })
    await signInWhole(stage)
    stage.app.cancelSignIn()
    expect(phase(stage)).toBe('online')
  })
})

describe('checking an address', () => {
  const options = { security: 'automatic' } as const

  test.each(['', 'romeo', 'romeo@', 'montague.example'])(
    '"%s" is none (yet), and nothing is looked up',
    async (address) => {
      const probe = vi.fn(() => Promise.resolve({ reachable: true }))
      const stage = setStage({ accounts: [], probe })
      expect(await stage.app.checkAddress({ address, ...options })).toEqual({})
      expect(probe).not.toHaveBeenCalled()
    },
  )

  test('tells the prepared address and what its server answers', async () => {
    const probe = vi.fn(() => Promise.resolve({ reachable: true, tls: 'TLSv1.3' }))
    const stage = setStage({ accounts: [], probe })
    const check = await stage.app.checkAddress({
      address: ' xmpp:Romeo@MONTAGUE.example ',
      port: 5269,
      ...options,
    })
    expect(check).toEqual({ jid: ROMEO, reachable: true, tls: 'TLSv1.3' })
    expect(probe).toHaveBeenCalledWith('montague.example', {
      host: undefined,
      port: 5269,
      security: 'automatic',
    })
  })
})
