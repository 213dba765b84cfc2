/** Tokens in place of the password (XEP-0484): where they are kept, how long, and how they go (attack S18). */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTokens } from '../../src-main/domain/fast-tokens.ts'
import type { RevokeRequest } from '../../src-main/protocol/transport/xmpp-client.ts'
import { createRunSecrets } from '../helpers/run-secrets.ts'
import { answerRoster, setStage, settle } from './stage.ts'

const NOW = Date.parse('2030-01-01T00:00:00Z')
const TOKEN = { mechanism: 'HT-SHA-256-EXPR', token: 's3cret', expiresAt: NOW + 1000 }

let now = NOW
beforeEach(() => {
  vi.useFakeTimers()
  now = NOW
})
afterEach(() => void vi.useRealTimers())

function createKept() {
  const secrets = createRunSecrets()
  return { secrets, tokens: createTokens({ secrets, now: () => now }, 1) }
}

test('each use has its number, which begins anew with another token', () => {
  const { tokens } = createKept()
  expect(tokens.take()).toBeUndefined()
  tokens.keep(TOKEN)
  expect([tokens.take()?.count, tokens.take()?.count]).toEqual([1, 2])
  tokens.keep({ ...TOKEN, token: 'n3xt' })
  expect(tokens.take()).toEqual({ ...TOKEN, token: 'n3xt', count: 1 })
})

test('one that ran out is neither used nor kept', () => {
  const { tokens, secrets } = createKept()
  tokens.keep(TOKEN)
  now = TOKEN.expiresAt
  expect(tokens.take()).toBeUndefined()
  expect(secrets.all(1)).toEqual([])
})

test.each(['', 'null', '[]', '{"token":"x"}', '{"mechanism":1,"token":"x","expiresAt":9e15,"count":0}'])(
  'what is no token in the keyring is none: %s',
  (text) => {
    const { tokens, secrets } = createKept()
    secrets.set(1, 'token', text)
    expect(tokens.take()).toBeUndefined()
  },
)

test('the dialer offers the token, and keeps what the server gives in its place', async () => {
  const stage = setStage()
  stage.app.start()
  await settle()
  const { tokens } = stage.connect.requests[0] ?? {}
  tokens?.keep({ ...TOKEN, expiresAt: Date.now() + 60_000 })
  expect(tokens?.take()?.token).toBe('s3cret')
  expect(stage.secrets.get(1, 'token')).toContain('s3cret')
})

test('the token of a first sign-in is the account’s once there is one; another password ends it', async () => {
  const stage = setStage({ accounts: [] })
  const input = { address: 'romeo@montague.example', password: 'wherefore', remember: true, insist: false, security: 'automatic' } as const // prettier-ignore
  const signing = stage.app.signIn(input)
  await settle()
  const { tokens } = stage.connect.requests[0] ?? {}
  expect(tokens?.take()).toBeUndefined()
  tokens?.keep({ ...TOKEN, expiresAt: Date.now() + 60_000 })
  await answerRoster(stage.stream())
  const { id } = await signing
  expect(stage.secrets.get(id, 'token')).toContain('s3cret')
  tokens?.keep({ ...TOKEN, token: 'rotated', expiresAt: Date.now() + 60_000 })
  expect(stage.secrets.get(id, 'token')).toContain('rotated')
  stage.app.enterPassword({ accountId: id, password: 'other', remember: true, insist: false })
  expect(stage.secrets.get(id, 'token')).toBeUndefined()
})

test('with the account it is gone here at once, and the server is told', async () => {
  const revokeToken = vi.fn((_request: RevokeRequest) => Promise.resolve())
  const stage = setStage({ revokeToken })
  createTokens({ secrets: stage.secrets, now: () => NOW }, 1).keep(TOKEN)
  await stage.app.removeAccount(1)
  expect(stage.secrets.get(1, 'token')).toBeUndefined()
  expect(revokeToken).toHaveBeenCalledOnce()
  expect(revokeToken.mock.calls[0]?.[0]).toMatchObject({
    jid: 'romeo@montague.example',
    resource: 'Linnet.test',
  })
})

test('a server that can’t be told keeps nobody from removing the account; one without a token is not called', async () => {
  const revokeToken = vi.fn((_request: RevokeRequest) => Promise.reject(new Error('no way')))
  const stage = setStage({ revokeToken })
  await stage.app.removeAccount(1)
  expect(revokeToken).not.toHaveBeenCalled()
  expect(stage.app.state().accounts).toEqual([])
})
