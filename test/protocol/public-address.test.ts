/** Attack S15: what others write leads only to public addresses, whatever it is disguised as. */
import type dns from 'node:dns'
import { describe, expect, test } from 'vitest'
import { mayAsk } from '../../src-main/protocol/transport/page-get.ts'
import { isPublicAddress, publicLookup } from '../../src-main/protocol/transport/public-address.ts'

const PRIVATE = [
  ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '0.0.0.0'],
  ...['100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '192.0.0.8'],
  ...['::1', '::', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1'],
  ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001::1', '2001:db8::1', 'fec0::1', '100::1'],
]
const PUBLIC = ['93.184.216.34', '8.8.8.8', '172.32.0.1', '2606:2800:220:1::1', '2a00:1450::1']

test.each(PRIVATE)('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false))
test.each(PUBLIC)('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))
test.each(['', 'localhost', '127.1', '0x7f000001', '1.2.3.4:80'])('%j is no address', (text) =>
  expect(isPublicAddress(text)).toBe(false),
)

test.each([
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://[::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://localhost/',
  'https://router/',
  'https://a.example:8443/',
  'https://user@a.example/',
  'http://a.example/',
  'file:///etc/passwd',
])('%s is not asked', (url) => expect(mayAsk(new URL(url))).toBe(false))

test('a page on the web is asked', () => expect(mayAsk(new URL('https://a.example/x?y=z'))).toBe(true))

describe('a name', () => {
  type Found = { address: string; family: number }[]
  const lookupOf = (found: Found) =>
    publicLookup(((_host: string, _options: object, callback: (error: null, found: Found) => void) => {
      callback(null, found)
    }) as unknown as typeof dns.lookup)
  const resolve = (found: Found) =>
    new Promise((done) => {
      lookupOf(found)('a.example', { all: true }, (error, addresses) => done(error?.code ?? addresses))
    })

  test('that leads to a private address is not followed, not even where another one is public', async () => {
    expect(await resolve([{ address: '10.0.0.1', family: 4 }])).toBe('EACCES')
    const both = [
      { address: '8.8.8.8', family: 4 },
      { address: '::1', family: 6 },
    ]
    expect(await resolve(both)).toBe('EACCES')
    expect(await resolve([])).toBe('EACCES')
  })

  test('that leads to public ones is connected to these very addresses', async () => {
    const found = [{ address: '8.8.8.8', family: 4 }]
    expect(await resolve(found)).toEqual(found)
  })
})
