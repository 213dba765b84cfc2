/** The server's side of a WebSocket (RFC 6455, RFC 7395), written by hand so that a test may break any of its rules. */
import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import { StrictParser } from '../../src-main/protocol/transport/strict-parser.ts'

export const NS_FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing'
export const NS_STREAM = 'http://etherx.jabber.org/streams'
export const OPEN = `<open xmlns='${NS_FRAMING}' id='1' from='chat.test' version='1.0'/>`

export const TEXT = 1
export const BINARY = 2
export const CLOSE = 8
export const PING = 9

/** A frame, unmasked as a server's are; `first` is its first byte without the kind. */
export function frame(kind: number, payload: string | Buffer, first = 0x80): Buffer {
  const data = Buffer.from(payload as string)
  const { length } = data
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10)
  head[0] = first | kind
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127
  if (head.length === 4) head.writeUInt16BE(length, 2)
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([head, data])
}

/** What would be one text over TCP, as the frames that it is here: an element each, with its namespaces declared. */
export function framesOf(text: string): Buffer {
  const messages: string[] = []
  const broken: unknown[] = []
  const parser = new StrictParser()
  parser.on('element', (element) => {
    const streams = element.name.startsWith('stream:')
    element.attrs[streams ? 'xmlns:stream' : 'xmlns'] ??= streams ? NS_STREAM : 'jabber:client'
    messages.push(element.toString())
  })
  parser.on('end', () => messages.push(`<close xmlns='${NS_FRAMING}'/>`))
  parser.on('violation', (violation) => broken.push(violation))
  parser.write(`<stream:stream xmlns='jabber:client' xmlns:stream='${NS_STREAM}'>`)
  parser.write(text)
  return Buffer.concat(
    (broken.length > 0 || messages.length === 0 ? [text] : messages).map((each) => frame(TEXT, each)),
  )
}

/** What the client said, in the words of TCP, so that the same scripts do. */
export function asStream(message: string): string {
  return message
    .replace(/^<open ([^>]*)\/>$/, '<stream:stream $1>')
    .replace(/^<close [^>]*\/>$/, '</stream:stream>')
}

/** Answers the handshake and hands on each text message. `answer` gets the honest answer and says another one. */
export function acceptWebSocket(
  socket: Socket,
  onText: (text: string) => void,
  answer: (honest: string, request: string) => string | Buffer = (honest) => honest,
): Promise<void> {
  let pending = Buffer.alloc(0)
  return new Promise((resolve) => {
    const readHandshake = (): void => {
      const end = pending.indexOf('\r\n\r\n')
      if (end < 0) return
      const request = pending.subarray(0, end).toString()
      pending = pending.subarray(end + 4)
      socket.write(answer(honestAnswer(request), request))
      read = readFrames
      resolve()
    }
    const readFrames = (): void => {
      for (let one = takeFrame(pending); one !== undefined; one = takeFrame(pending)) {
        pending = pending.subarray(one.length)
        if (one.kind === TEXT) onText(one.payload.toString())
        if (one.kind === CLOSE) socket.end(frame(CLOSE, one.payload))
      }
    }
    let read = readHandshake
    socket.on('data', (data) => {
      pending = Buffer.concat([pending, data])
      read()
    })
  })
}

function honestAnswer(request: string): string {
  const key = /^sec-websocket-key: *(\S+)/im.exec(request)?.[1] ?? ''
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
  return [...lines, `Sec-WebSocket-Accept: ${accept}`, 'Sec-WebSocket-Protocol: xmpp', '', ''].join('\r\n')
}

/** The first whole frame of a client, unmasked. */
function takeFrame(data: Buffer): { kind: number; payload: Buffer; length: number } | undefined {
  const [first, second] = data
  if (first === undefined || second === undefined) return undefined
  const short = second & 0x7f
  const start = short === 126 ? 4 : short === 127 ? 10 : 2
  if (data.length < start + 4) return undefined
  const size = short === 126 ? data.readUInt16BE(2) : short === 127 ? Number(data.readBigUInt64BE(2)) : short
  const length = start + 4 + size
  if (data.length < length) return undefined
  const mask = data.subarray(start, start + 4)
  const payload = data.subarray(start + 4, length).map((byte, at) => byte ^ (mask[at % 4] ?? 0))
  return { kind: first & 0x0f, payload: Buffer.from(payload), length }
}
