/** A cable between client and server that the test can cut, stall or cut in the middle of a byte stream. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface TcpProxy {
  readonly port: number
  /** Connections made so far. */
  readonly connections: number
  /** Connections that were refused so far. */
  readonly refused: number
  /** Resets every connection; new ones are accepted. */
  cut(): void
  /** Cuts after this many more bytes in one direction: the receiver gets exactly those. */
  cutAfter(direction: 'to-server' | 'to-client', bytes: number): void
  /** Swallows bytes while connections stay open (half-open). */
  stall(): void
  resume(): void
  /** Refuses new connections, as an unplugged network does, until `plug`. */
  unplug(): void
  plug(): void
  close(): Promise<void>
}

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<{ client: Socket; server: Socket }>()
  const budget = { 'to-server': Infinity, 'to-client': Infinity }
  let [stalled, plugged, connections, refused] = [false, true, 0, 0]

  const cut = (): void => {
    for (const { client, server } of pairs) {
      client.destroy()
      server.destroy()
    }
    pairs.clear()
  }
  const pass = (from: Socket, to: Socket, direction: keyof typeof budget): void => {
    from.on('data', (data) => {
      if (stalled) return
      const allowed = data.subarray(0, Math.min(data.length, budget[direction]))
      budget[direction] -= allowed.length
      if (budget[direction] > 0) return void to.write(allowed)
      budget[direction] = Infinity
      to.write(allowed, () => cut())
    })
    from.on('error', () => to.destroy())
    from.on('close', () => to.destroy())
  }
  const proxy = createServer((client) => {
    if (!plugged) {
      refused += 1
      return void client.destroy()
    }
    connections += 1
    const server = connect(targetPort, '127.0.0.1')
    pairs.add({ client, server })
    pass(client, server, 'to-server')
    pass(server, client, 'to-client')
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    port: (proxy.address() as AddressInfo).port,
    get connections() {
      return connections
    },
    get refused() {
      return refused
    },
    cut,
    cutAfter: (direction, bytes) => void (budget[direction] = bytes),
    stall: () => void (stalled = true),
    resume: () => void (stalled = false),
    unplug: () => {
      plugged = false
      cut()
    },
    plug: () => void (plugged = true),
    close: async () => {
      cut()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}
