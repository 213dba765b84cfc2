/** How an account is connected: changed, trusted, and never beside its proxy. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ProbeOptions } from '../../src-main/protocol/transport/xmpp-client.ts'
import { answerRoster, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

const PROXY = { kind: 'socks5', host: '127.0.0.1', port: 9050, username: 'romeo' } as const
const PRINT = Array.from({ length: 32 }, () => 'AB').join(':')
const OTHER = Array.from({ length: 32 }, () => 'CD').join(':')
const REFUSED = {
  code: 'certificate' as const,
  certificate: {
    reason: 'CERT_HAS_EXPIRED',
    subject: '',
    issuer: '',
    validFrom: '',
    validTo: '',
    fingerprint: PRINT,
  },
}
const WHERE = { accountId: 1, security: 'automatic', resource: 'Linnet.test' } as const

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const latest = (stage: Stage) => stage.connect.requests.at(-1)

describe('a connection that is changed', () => {
  test('is made anew at once, with everything that was entered and nothing of before', async () => {
    const stage = setStage()
    await startOnline(stage)
    stage.app.setConnection({ ...WHERE, host: 'xmpp.example', port: 443, security: 'direct-tls', proxy: PROXY, proxyPassword: 'pw' }) // prettier-ignore
    await settle(1000)
    expect(stage.connect.streams[0]?.state).toBe('closed')
    expect(latest(stage)).toMatchObject({
      host: 'xmpp.example',
      port: 443,
      proxy: PROXY,
      proxyPassword: 'pw',
    })
    stage.app.setConnection(WHERE)
    await settle(1000)
    expect(latest(stage)).toMatchObject({
      host: undefined,
      port: undefined,
      proxy: undefined,
      proxyPassword: undefined,
    })
    expect(stage.secrets.get(1, 'proxy')).toBeUndefined()
  })

  test('keeps the password of its proxy where none was entered', () => {
    const stage = setStage()
    stage.app.setConnection({ ...WHERE, proxy: PROXY, proxyPassword: 'pw' })
    stage.app.setConnection({ ...WHERE, proxy: { ...PROXY, port: 9150 } })
    expect(stage.secrets.get(1, 'proxy')).toBe('pw')
  })

  test('of an account that is switched off connects nothing', async () => {
    const stage = setStage()
    stage.app.setAccountEnabled({ accountId: 1, enabled: false })
    stage.app.setConnection({ ...WHERE, host: 'xmpp.example' })
    await settle(1000)
    expect(stage.connect.requests).toEqual([])
    expect(stage.app.state().accounts[0]?.host).toBe('xmpp.example')
  })

  test('of no account is not found', () => {
    expect(() => setStage().app.setConnection({ ...WHERE, accountId: 7 })).toThrow('not-found')
  })
})

describe('a certificate', () => {
  async function refused() {
    const stage = setStage()
    await startOnline(stage)
    stage.stream().drop(REFUSED)
    await settle()
    return stage
  }

  test('is trusted for the account whose connection fails for it, and that is tried at once', async () => {
    const stage = await refused()
    stage.app.trustCertificate({ accountId: 1, fingerprint: PRINT })
    await settle(1000)
    expect(latest(stage)).toMatchObject({ trustedCertificate: PRINT })
    expect(stage.app.state().accounts).toMatchObject([{ trustedCertificate: PRINT }])
  })

  test('that was not the one on screen is not trusted', async () => {
    const stage = await refused()
    expect(() => stage.app.trustCertificate({ accountId: 1, fingerprint: OTHER })).toThrow('not-found')
    expect(stage.app.state().accounts[0]?.trustedCertificate).toBeUndefined()
  })

  test('survives a change of host, and is forgotten when the user wants it', async () => {
    const stage = await refused()
    stage.app.trustCertificate({ accountId: 1, fingerprint: PRINT })
    stage.app.setConnection({ ...WHERE, host: 'xmpp.example' })
    expect(stage.app.state().accounts[0]?.trustedCertificate).toBe(PRINT)
    stage.app.forgetCertificate({ accountId: 1 })
    await settle(1000)
    expect(latest(stage)?.trustedCertificate).toBeUndefined()
  })
})

describe('nothing goes beside a proxy', () => {
  const proxied = (more: Parameters<typeof setStage>[0] = {}): Stage => {
    const stage = setStage(more)
    stage.app.setConnection({ ...WHERE, proxy: PROXY, proxyPassword: 'pw' })
    return stage
  }

  test('not the question whether the address answers', async () => {
    const probe = vi.fn((_domain: string, _where: ProbeOptions) => Promise.resolve({}))
    await proxied({ probe }).app.checkAddress({ address: ROMEO, security: 'automatic' })
    expect(probe.mock.calls[0]?.[1]).toMatchObject({ proxy: PROXY, proxyPassword: 'pw' })
  })

  test('not signing in again, which keeps it', async () => {
    const stage = proxied()
    const signing = stage.app.signIn({ address: ROMEO, password: 'x', remember: true, insist: false, security: 'automatic' }) // prettier-ignore
    await settle()
    expect(latest(stage)).toMatchObject({ proxy: PROXY, proxyPassword: 'pw' })
    await answerRoster(stage.stream())
    expect(await signing).toMatchObject({ proxy: PROXY })
    expect(stage.secrets.get(1, 'proxy')).toBe('pw')
  })

  test('not an import of the account from a file', () => {
    const stage = proxied()
    stage.app.provision([{ address: ROMEO, password: 'new', security: 'automatic', remember: true }])
    expect(stage.app.state().accounts).toMatchObject([{ proxy: PROXY }])
  })

  test('not a page of the web, whichever account the words are of', async () => {
    const fetchPage = vi.fn(() => Promise.resolve(undefined))
    await proxied({ fetchPage }).app.describeLink('https://page.example/')
    expect(fetchPage).toHaveBeenCalledWith('https://page.example/', { ...PROXY, password: 'pw' })
  })

  test('not the giving back of a token', async () => {
    const revokeToken = vi.fn(() => Promise.resolve())
    const stage = proxied({ revokeToken })
    stage.secrets.set(1, 'token', JSON.stringify({ mechanism: 'x', token: 't', expiresAt: 9e15, count: 0 }))
    await stage.app.removeAccount(1, false)
    expect(revokeToken).toHaveBeenCalledWith(expect.objectContaining({ proxy: PROXY, proxyPassword: 'pw' }))
  })
})
