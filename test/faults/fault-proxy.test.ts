/** The cable that others rely on to be bad in the ways that cables are: bytes end somewhere, none is lost in between. */
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect, type TLSSocket } from 'node:tls'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { makeCertificates, type Certificates } from '../helpers/certificates.ts'
import { startFaultProxy, type FaultProxy } from '../helpers/fault-proxy.ts'
import type { Fault } from './schedule.ts'

/** More than a TLS record holds, so that it comes in many pieces. */
const MUCH = Array.from({ length: 20_000 }, (_, index) => `<m${index}/>`).join('')

let folder: string
let certificates: Certificates
let server: Server
let proxy: FaultProxy
/** What has come to the server. */
let heard: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linnet-cable-'))
  certificates = makeCertificates(folder, ['chat.test'])
  heard = ''
  server = createServer((socket) => {
    socket.on('data', (data) => (heard += data.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => server.emit('parted'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  proxy = await startFaultProxy({ serverPort: port, certificates, foreign: certificates })
})

afterEach(async () => {
  await proxy.close()
  server.close()
  rmSync(folder, { recursive: true })
})

async function dial(): Promise<TLSSocket> {
  const ca = readFileSync(certificates.caFile, 'utf8')
  const socket = connect({ port: proxy.port, host: '127.0.0.1', servername: 'chat.test', ca })
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  return socket
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(5)
}

const faults: Readonly<Record<string, readonly Fault[]>> = {
  'a cut': [{ kind: 'cut', after: 30_001, direction: 'to-server' }],
  'an unplugged cable': [{ kind: 'unplug', after: 30_001, direction: 'to-server', ms: 1 }],
  'lost acknowledgements': [{ kind: 'drop-acks', after: 1, direction: 'to-server', bytes: 30_000 }],
  'a dead end': [{ kind: 'half-open', after: 30_001, direction: 'to-server' }],
}
test.each(Object.entries(faults))('after %s nothing more arrives', async (_name, list) => {
  proxy.begin(list, 'unsaid')
  const parted = once(server, 'parted')
  const socket = await dial()
  socket.write(MUCH)
  await until(() => proxy.left === 0)
  socket.end()
  await parted
  // As a number: a difference of so many letters helps nobody.
  expect([heard.length, MUCH.startsWith(heard)]).toStrictEqual([30_001, true])
})

test('a count is lowered, however it is split', async () => {
  proxy.begin([{ kind: 'replay', after: 1, direction: 'to-server', bytes: 60 }], 'unsaid')
  const parted = once(server, 'parted')
  const first = await dial()
  first.write(' ')
  await until(() => heard === ' ')
  first.write('<a xmlns="urn:xmpp:sm:3" h="7"/>'.padEnd(100))
  await parted
  heard = ''
  const second = await dial()
  second.setNoDelay(true)
  second.write('<resume xmlns="urn:xmpp:sm:3" h="7" previd="x"/>')
  const answer = '<a xmlns="urn:xmpp:sm:3" h="9"/><end/>'
  for (const character of answer) {
    await new Promise((resolve) => second.write(character, resolve))
  }
  await until(() => heard.endsWith('<end/>'))
  expect(heard).toBe('<resume xmlns="urn:xmpp:sm:3" h="0" previd="x"/><a xmlns="urn:xmpp:sm:3" h="2"/><end/>')
})

/** A WebSocket through the cable, to a server that writes down what it is told. */
async function dialWebSocket(list: readonly Fault[]): Promise<{ socket: WebSocket; heard: string[] }> {
  await proxy.close()
  const heard: string[] = []
  const answering = new WebSocketServer({ noServer: true })
  const frames = createHttpServer().on('upgrade', (request, socket, head) =>
    answering.handleUpgrade(request, socket, head, (accepted) =>
      accepted.on('message', (text) => void heard.push((text as Buffer).toString())),
    ),
  )
  frames.listen(0, '127.0.0.1')
  await once(frames, 'listening')
  // It ends with the file.
  frames.unref()
  const serverPort = (frames.address() as AddressInfo).port
  proxy = await startFaultProxy({ serverPort, transport: 'websocket', certificates, foreign: certificates })
  proxy.begin(list, 'unsaid')
  const ca = readFileSync(certificates.caFile, 'utf8')
  const socket = new WebSocket(`wss://127.0.0.1:${proxy.port}`, { ca, perMessageDeflate: false })
  socket.on('error', () => undefined)
  await once(socket, 'open')
  return { socket, heard }
}

test('over WebSocket whole frames come as they were, whatever their length', async () => {
  const { socket, heard } = await dialWebSocket([])
  const said = [1, 125, 126, 65_535, 65_536].map((length) => 'é'.repeat(length))
  for (const text of said) socket.send(text)
  await until(() => heard.length === said.length)
  expect(heard.map((text, index) => text === said[index])).not.toContain(false)
})

test('over WebSocket acknowledgements are lost, and a cut goes through a frame', async () => {
  const { socket, heard } = await dialWebSocket([
    { kind: 'drop-acks', after: 300, direction: 'to-server', bytes: 500 },
  ])
  const lost = once(socket, 'close')
  socket.send('<first/>'.padEnd(300))
  await until(() => heard.length === 1)
  socket.send('<a xmlns="urn:xmpp:sm:3" h="7"/>')
  socket.send('<second/>')
  await until(() => heard.length === 2)
  socket.send('<third/>'.padEnd(1000))
  await lost
  expect(heard.map((text) => text.trim())).toStrictEqual(['<first/>', '<second/>'])
})
