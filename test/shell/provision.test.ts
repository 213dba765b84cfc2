import { describe, expect, test } from 'vitest'
import { parseProvision } from '../../src-main/shell/provision.ts'

const romeo = { address: 'romeo@montague.example', password: 'unique-secret' }
const parse = (...accounts: unknown[]) => parseProvision(JSON.stringify({ accounts }))

describe('a right file', () => {
  test('gets the defaults of the setup screen', () => {
    expect(parse(romeo)).toEqual({
      ok: true,
      accounts: [{ ...romeo, security: 'automatic', remember: true }],
    })
  })

  test('may choose WebSocket, and where', () => {
    const web = { ...romeo, transport: 'websocket', webSocketUrl: 'wss://montague.example/xmpp' }
    expect(parse(web)).toMatchObject({ ok: true, accounts: [web] })
  })

  test('keeps all that it says, a byte order mark aside', () => {
    const full = { ...romeo, host: '127.0.0.1', port: 5223, security: 'direct-tls', remember: false }
    expect(parseProvision(`\uFEFF${JSON.stringify({ accounts: [full] })}`)).toEqual({
      ok: true,
      accounts: [full],
    })
  })
})

describe('a wrong file names the field', () => {
  test.each<[unknown, string]>([
    [[romeo, { ...romeo, port: 0 }], 'accounts[1].port: must be a whole number from 1 to 65535'],
    [[romeo, { ...romeo, port: '5222' }], 'accounts[1].port: must be a number'],
    [[{ ...romeo, port: 52.5 }], 'accounts[0].port: must be a whole number from 1 to 65535'],
    [[{ password: 'x' }], 'accounts[0].address: is missing'],
    [[{ address: romeo.address }], 'accounts[0].password: is missing'],
    [
      [{ ...romeo, address: 'montague.example' }],
      'accounts[0].address: must be an XMPP address such as romeo@montague.example',
    ],
    [
      [{ ...romeo, address: 'romeo@montague.example/orchard' }],
      'accounts[0].address: must be an XMPP address such as romeo@montague.example',
    ],
    [[{ ...romeo, address: 7 }], 'accounts[0].address: must be a text'],
    [[{ ...romeo, password: '' }], 'accounts[0].password: must not be empty'],
    [
      [{ ...romeo, security: 'none' }],
      'accounts[0].security: must be "automatic", "direct-tls" or "starttls"',
    ],
    [[{ ...romeo, transport: 'bosh' }], 'accounts[0].transport: must be "automatic", "tcp" or "websocket"'],
    [
      [{ ...romeo, webSocketUrl: 'ws://montague.example/xmpp' }],
      'accounts[0].webSocketUrl: must be an address that begins with wss://',
    ],
    [[{ ...romeo, remember: 'yes' }], 'accounts[0].remember: must be true or false'],
    [[{ ...romeo, pasword: 'x' }], 'accounts[0].pasword: is not a known field'],
    [['romeo'], 'accounts[0]: must be an object'],
    [[], 'accounts: must name at least one account'],
    [{}, 'accounts: must be a list'],
  ])('%j', (accounts, error) => {
    expect(parseProvision(JSON.stringify({ accounts }))).toEqual({ ok: false, error })
  })

  test.each([
    ['7', 'the file must be an object with a list "accounts"'],
    ['null', 'the file must be an object with a list "accounts"'],
    ['[]', 'accounts: is missing'],
    ['{}', 'accounts: is missing'],
    ['{"accounts":[],"more":1}', 'accounts: must name at least one account'],
    ['{"accounts":', 'not valid JSON'],
    ['', 'not valid JSON'],
  ])('%s', (content, error) => {
    expect(parseProvision(content)).toEqual({ ok: false, error })
  })

  test('no error quotes a value', () => {
    const result = parseProvision(`{"accounts":[{"address":"a@b.example","password":{"x":"unique-secret"}}]}`)
    expect(result.ok).toBe(false)
    expect(JSON.stringify(result)).not.toContain('unique-secret')
    expect(JSON.stringify(parseProvision('unique-secret'))).not.toContain('unique-secret')
  })
})
