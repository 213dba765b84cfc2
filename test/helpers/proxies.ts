/** Small proxies that do what their specifications say, and what a test wants besides; they share no code with Linnet. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface TestProxy {
  readonly port: number
  /** Where they were asked to go, as it was said: `name 5222`. */
  readonly asked: readonly string[]
  /** What was said to it before a way was open. */
  readonly heard: Buffer
  close(): Promise<void>
}

export interface TestProxyOptions {
  readonly username?: string
  readonly password?: string
  /** Where a target lies in truth; undefined: it knows no such name. */
  readonly resolve: (host: string, port: number) => number | undefined
  /** In place of every answer. */
  readonly says?: string | Buffer
}

type Opened = (socket: Socket, asked: string, target: number | undefined) => void

function startProxy(
  begin: (client: Socket, next: Reader, open: Opened) => Promise<void>,
): Promise<TestProxy> {
  const sockets = new Set<Socket>()
  const asked: string[] = []
  let heard = Buffer.alloc(0)
  const open: Opened = (client, name, target) => {
    asked.push(name)
    if (target === undefined) return
    const server = connect(target, '127.0.0.1')
    sockets.add(server)
    for (const socket of [client, server]) socket.on('error', () => undefined)
    client.pipe(server).pipe(client)
  }
  const server = createServer((client) => {
    sockets.add(client)
    client.on('error', () => undefined)
    const reader = createReader(client, (data) => (heard = Buffer.concat([heard, data])))
    begin(client, reader, open).catch(() => client.destroy())
  })
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        asked,
        get heard() {
          return heard
        },
        close: async () => {
          for (const socket of sockets) socket.destroy()
          await new Promise((done) => server.close(done))
        },
      }),
    ),
  )
}

interface Reader {
  bytes(count: number): Promise<Buffer>
  until(end: string): Promise<string>
  release(): void
}

function createReader(socket: Socket, onData: (data: Buffer) => void): Reader {
  let buffer = Buffer.alloc(0)
  let look = (): void => undefined
  const hear = (data: Buffer): void => {
    onData(data)
    buffer = Buffer.concat([buffer, data])
    look()
  }
  socket.on('data', hear)
  const when = (ready: () => number): Promise<Buffer> =>
    new Promise((resolve) => {
      look = () => {
        const count = ready()
        if (count <= 0) return
        look = () => undefined
        const taken = buffer.subarray(0, count)
        buffer = buffer.subarray(count)
        resolve(taken)
      }
      look()
    })
  return {
    bytes: (count) => when(() => (buffer.length >= count ? count : 0)),
    until: (end) => when(() => buffer.indexOf(end) + (buffer.includes(end) ? end.length : 1)).then(String),
    release: () => {
      socket.off('data', hear)
      socket.pause()
      if (buffer.length > 0) socket.unshift(buffer)
    },
  }
}

/** RFC 1928 and RFC 1929. */
export function startSocks5({ username, password, resolve, says }: TestProxyOptions): Promise<TestProxy> {
  return startProxy(async (client, reader, open) => {
    if (says !== undefined) return void client.write(says)
    const [, count = 0] = await reader.bytes(2)
    const methods = await reader.bytes(count)
    const method = username === undefined ? 0 : 2
    if (!methods.includes(method)) return void client.end(Buffer.from([5, 255]))
    client.write(Buffer.from([5, method]))
    if (username !== undefined) {
      const text = async (): Promise<string> => String(await reader.bytes((await reader.bytes(1))[0] ?? 0))
      await reader.bytes(1)
      const isRight = (await text()) === username && (await text()) === password
      client.write(Buffer.from([1, isRight ? 0 : 1]))
      if (!isRight) return void client.end()
    }
    const [, , , type = 0] = await reader.bytes(4)
    const host =
      type === 1
        ? [...(await reader.bytes(4))].join('.')
        : String(await reader.bytes((await reader.bytes(1))[0] ?? 0))
    const port = (await reader.bytes(2)).readUInt16BE()
    const target = resolve(host, port)
    const name = `${type === 3 ? 'name' : 'address'} ${host} ${port}`
    client.write(Buffer.from([5, target === undefined ? 4 : 0, 0, 1, 127, 0, 0, 1, 0, 0]))
    reader.release()
    open(client, name, target)
  })
}

/** CONNECT of RFC 9110 §9.3.6. */
export function startHttpProxy({ username, password, resolve, says }: TestProxyOptions): Promise<TestProxy> {
  return startProxy(async (client, reader, open) => {
    const request = await reader.until('\r\n\r\n')
    if (says !== undefined) return void client.write(says)
    const [, host = '', port = ''] = /^CONNECT ([^ ]+):(\d+) HTTP\/1\.1\r\n/.exec(request) ?? []
    const secret = Buffer.from(`${username}:${password}`).toString('base64')
    if (username !== undefined && !request.includes(`Proxy-Authorization: Basic ${secret}\r\n`))
      return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const target = resolve(host, Number(port))
    client.write(target === undefined ? 'HTTP/1.1 502 Bad Gateway\r\n\r\n' : 'HTTP/1.1 200 OK\r\n\r\n')
    reader.release()
    open(client, `name ${host} ${port}`, target)
  })
}
