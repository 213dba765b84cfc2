/** Attack S15: pages that lead elsewhere, never end or are none. Real TLS to a server on this computer. */
import type { RequestListener } from 'node:http'
import type { LookupFunction } from 'node:net'
import { afterAll, afterEach, expect, test } from 'vitest'
import { getPage, getPicture, getSmallText } from '../../../src-main/protocol/transport/page-get.ts'
import { startHostMeta, type HostMeta } from '../../helpers/host-meta.ts'
import { pngOf } from '../../helpers/pictures.ts'
import { certificatesFor, DOMAIN } from '../../helpers/scripted-server.ts'

const certificates = certificatesFor(DOMAIN)
const forOther = certificatesFor('other.test')
const started: HostMeta[] = []
afterAll(() => {
  certificates.dispose()
  forOther.dispose()
})
afterEach(async () => {
  for (const web of started.splice(0)) await web.close()
})

async function pageOf(answer: RequestListener, tls = certificates) {
  const { web, options } = await serve(answer, tls)
  return { web, page: await getPage(`https://${DOMAIN}/page`, options) }
}

async function pictureOf(answer: RequestListener) {
  const { web, options } = await serve(answer, certificates)
  return { web, picture: await getPicture(`https://${DOMAIN}/i.png`, options) }
}

async function serve(answer: RequestListener, tls: typeof certificates) {
  const web = await startHostMeta(tls, answer)
  started.push(web)
  const resolver = {
    resolveSrv: () => Promise.resolve([]),
    lookup: ((_host, options, callback) => {
      if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }])
      else callback(null, '127.0.0.1', 4)
    }) satisfies LookupFunction,
    httpsPort: web.port,
  }
  return { web, options: { ca: [certificates.ca], resolver } }
}

const html = { 'content-type': 'text/html; charset=utf-8' }

test('a page is had, and nothing is told with the request', async () => {
  let headers = {}
  const { page } = await pageOf((request, response) => {
    headers = request.headers
    response.writeHead(200, { ...html, 'set-cookie': 'a=b' }).end('<title>hi</title>')
  })
  expect(page).toBe('<title>hi</title>')
  expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host'])
})

test('of an endless one the beginning', async () => {
  const { page } = await pageOf((_request, response) => {
    response.writeHead(200, html)
    const write = (): void => void (response.destroyed || response.write('x'.repeat(65_536), write))
    write()
  })
  expect(page?.length).toBe(256 * 1024)
})

test.each([
  ['a picture', { 'content-type': 'image/svg+xml' }],
  ['no type', {}],
  ['compressed', { ...html, 'content-encoding': 'gzip' }],
])('%s is no page', async (_what, headers) => {
  const { page } = await pageOf(
    (_request, response) => void response.writeHead(200, headers).end('<title>x</title>'),
  )
  expect(page).toBeUndefined()
})

test.each([
  'https://127.0.0.1/',
  'https://[::1]/admin',
  'https://169.254.169.254/latest/meta-data',
  'https://localhost/',
  'https://other.test:8443/',
  'http://other.test/',
  'file:///etc/passwd',
])('a redirect to %s is not followed', async (location) => {
  const { web, page } = await pageOf((_request, response) => void response.writeHead(302, { location }).end())
  expect(page).toBeUndefined()
  expect(web.asked).toHaveLength(1)
})

test('a redirect without an end is given up', async () => {
  const { web, page } = await pageOf((_request, response) => {
    response.writeHead(302, { location: `https://${DOMAIN}/page` }).end()
  })
  expect(page).toBeUndefined()
  expect(web.asked.length).toBeLessThanOrEqual(4)
})

test('a certificate of somebody else is not believed', async () => {
  const { web, page } = await pageOf(
    (_request, response) => void response.writeHead(200, html).end('x'),
    forOther,
  )
  expect(page).toBeUndefined()
  expect(web.asked).toEqual([])
})

test('S15: a picture is had whole, whatever it is called, and nothing is told with the request', async () => {
  const png = pngOf(3, 2, [1, 2, 3])
  let headers = {}
  const { picture } = await pictureOf((request, response) => {
    headers = request.headers
    response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'a=b' }).end(png)
  })
  expect(picture).toEqual({ type: 'image/png', width: 3, height: 2, bytes: new Uint8Array(png) })
  expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host'])
})

test.each([
  ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['a page', '<!doctype html>'],
  ['nothing', ''],
])('%s is no picture', async (_what, body) => {
  const { picture } = await pictureOf(
    (_request, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(body),
  )
  expect(picture).toBeUndefined()
})

test('a picture without an end is given up', async () => {
  const { picture } = await pictureOf((_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png' })
    const write = (): void => void (response.destroyed || response.write(pngOf(64, 64, [1, 2, 3]), write))
    write()
  })
  expect(picture).toBeUndefined()
})

test.each([
  ['application/json', '{}', '{}'],
  ['text/plain; charset=utf-8', 'a', 'a'],
  ['text/html', '<p>', undefined],
  ['application/json', 'x'.repeat(65_537), undefined],
])('a small text as %s', async (type, body, expected) => {
  const { options } = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': type }).end(body)
  }, certificates)
  expect(await getSmallText(`https://${DOMAIN}/list.json`, options)).toBe(expected)
})
