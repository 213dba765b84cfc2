/**
 * A cable on which everything that can go wrong goes wrong as a list says, byte by byte of the XML: it ends the client's
 * TLS and goes on to the server in the clear, so that it can also lose, repeat and refuse what XEP-0198 has of nonzas.
 */
import { readFileSync } from 'node:fs'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import type { Direction, Fault, Location } from '../faults/schedule.ts'
import { BYTES, createFrameCutter, createTagCutter, type Cutter } from './fault-framing.ts'
import { createWire, type Wire } from './wire.ts'

export interface FaultProxy {
  readonly port: number
  /** What has happened, for a failed test. */
  readonly story: readonly string[]
  /** What was on the cable of late, a line a packet. */
  readonly wire: Wire
  /** Faults that have not come about yet. */
  readonly left: number
  /** Begins with these; what was left of others is forgotten. */
  begin(faults: readonly Fault[], location: Location): void
  /** Nothing goes wrong any more. */
  calm(): void
  /** Everyone is cut off, and nobody gets through until it is calm. */
  unplug(): void
  /** Everyone who is connected is cut off. */
  cut(): void
  close(): Promise<void>
}

export interface FaultProxyOptions {
  readonly serverPort: number
  readonly transport?: 'tcp' | 'websocket'
  readonly certificates: { readonly keyFile: string; readonly certFile: string }
  /** Of somebody else. */
  readonly foreign: { readonly keyFile: string; readonly certFile: string }
  /** The client is to be killed, and started again. */
  readonly onKill?: () => void
}

interface Pair {
  readonly client: TLSSocket
  readonly server: Socket
  readonly number: number
  isSilent: boolean
  readonly cutters: Readonly<Record<Direction, Cutter>>
}

export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const pairs = new Set<Pair>()
  const wire = createWire()
  const story: string[] = []
  let connections = 0
  const managed = createManaged(story)
  const createCutter = options.transport === 'websocket' ? createFrameCutter : createTagCutter
  let faults: Fault[] = []
  let location: Location = 'unsaid'
  let left = Infinity
  let isUnplugged = false
  let losesAcks = false

  const next = (): void => {
    losesAcks = false
    left = faults[0]?.after ?? Infinity
  }
  /** Nothing more goes over these, also none of what has come already. */
  const part = (): void => {
    const parted = [...pairs]
    pairs.clear()
    setImmediate(() => parted.forEach(end))
  }
  const finish = (): void => {
    faults.shift()
    next()
  }
  /** The moment of the fault: what came up to it was passed on. */
  const strike = (fault: Fault): void => {
    story.push(`${fault.kind} ${fault.direction}`)
    wire.note(`---- ${fault.kind} ${fault.direction}`)
    switch (fault.kind) {
      case 'stall':
        for (const { client, server } of pairs)
          for (const socket of [client, server]) {
            socket.pause()
            setTimeout(() => socket.resume(), fault.ms)
          }
        return finish()
      case 'half-open':
        for (const pair of pairs) pair.isSilent = true
        return finish()
      case 'kill':
        setTimeout(() => options.onKill?.(), fault.ms)
        return finish()
      case 'drop-acks':
      case 'replay':
        if (!losesAcks) {
          losesAcks = true
          left = fault.bytes
          return
        }
        if (fault.kind === 'replay') managed.replayNext()
        break
      case 'refuse':
        managed.refuseNext()
        break
      case 'unplug':
        isUnplugged = true
        setTimeout(() => (isUnplugged = false), fault.ms)
    }
    finish()
    part()
  }

  const pass = (pair: Pair, direction: Direction): void => {
    const [from, to] = direction === 'to-server' ? [pair.client, pair.server] : [pair.server, pair.client]
    const isDead = (): boolean => pair.isSilent || !pairs.has(pair)
    from.on('data', (data) => {
      if (isDead()) return
      const now = { losesAcks, location: places[location]() }
      const rewrite = (xml: string): string => managed.rewrite(direction, xml, now)
      const text = pair.cutters[direction](data.toString(BYTES), rewrite)
      for (let rest = text; rest !== '' && !isDead();) {
        const [fault] = faults
        const isMine = fault !== undefined && (fault.direction === direction || losesAcks)
        const now = isMine ? rest.slice(0, left) : rest
        rest = rest.slice(now.length)
        wire.record(pair.number, direction, now)
        to.write(now, BYTES)
        if (!isMine) continue
        left -= now.length
        if (left === 0) strike(fault)
      }
    })
    from.on('error', () => to.destroy())
    from.on('close', () => {
      wire.note(`${pair.number} closed ${direction}`)
      to.destroySoon()
      pairs.delete(pair)
    })
  }
  const accept = (client: TLSSocket): void => {
    client.on('error', () => undefined)
    if (isUnplugged) return void client.destroy()
    const pair = {
      client,
      server: connect({ port: options.serverPort, host: '127.0.0.1', noDelay: true }),
      number: (connections += 1),
      isSilent: false,
      cutters: { 'to-server': createCutter(), 'to-client': createCutter() },
    }
    pairs.add(pair)
    pass(pair, 'to-server')
    pass(pair, 'to-client')
  }

  const here = await listen(options.certificates, accept)
  const elsewhere = await listen(options.certificates, (client) => {
    story.push('elsewhere')
    accept(client)
  })
  const stranger = await listen(options.foreign, (client) => {
    story.push('THE STRANGER WAS BELIEVED')
    client.destroy()
  })
  const at = (server: Server) => () => `127.0.0.1:${portOf(server)}`
  const places = {
    unsaid: () => undefined,
    elsewhere: at(elsewhere),
    nobody: () => '127.0.0.1:9',
    stranger: at(stranger),
  }
  return {
    port: portOf(here),
    story,
    wire,
    get left() {
      return faults.length
    },
    begin(list, place) {
      faults = [...list]
      location = place
      next()
    },
    calm() {
      faults = []
      isUnplugged = false
      next()
    },
    unplug() {
      isUnplugged = true
      part()
    },
    cut: part,
    close: async () => {
      part()
      await Promise.all(
        [here, elsewhere, stranger].map((server) => new Promise((resolve) => server.close(resolve))),
      )
    },
  }
}

/** What was passed on to the server before still gets there. */
function end({ client, server }: Pair): void {
  client.destroy()
  server.destroySoon()
}

interface Managed {
  rewrite(
    direction: Direction,
    text: string,
    now: { losesAcks: boolean; location: string | undefined },
  ): string
  replayNext(): void
  refuseNext(): void
}

/** Nonzas of stream management on their way, and the client's count where it is not the server's any more. */
function createManaged(story: string[]): Managed {
  let [replays, refuses] = [false, false]
  /** The count that the server was last told, in its own terms; how much more the client counts. */
  let [told, ahead] = [0, 0]
  const lower = (h: string): string => {
    told = Number(h) - ahead
    return String(told)
  }
  const resume = (before: string, h: string, after: string): string => {
    if (replays) {
      story.push(`again from ${told}, not ${Number(h) - ahead}`)
      ahead = Number(h) - told
    }
    const id = refuses ? after.replace(/previd="/, 'previd="gone-') : after
    replays = refuses = false
    return `${before}${lower(h)}${id}`
  }
  return {
    rewrite(direction, text, { losesAcks, location }) {
      if (!text.includes('urn:xmpp:sm:3')) return text
      if (direction === 'to-client') {
        const placed = text.replace(/<enabled /, () => {
          told = ahead = 0
          return location === undefined ? '<enabled ' : `<enabled location='${location}' `
        })
        return losesAcks ? placed.replace(/<a [^>]*urn:xmpp:sm:3[^>]*>/g, '') : placed
      }
      return text
        .replace(
          /(<a xmlns="urn:xmpp:sm:3" h=")(\d+)("\/>)/g,
          (_all, before: string, h: string, after: string) =>
            losesAcks ? '' : `${before}${lower(h)}${after}`,
        )
        .replace(
          /(<resume xmlns="urn:xmpp:sm:3" h=")(\d+)("[^>]*>)/,
          (_all, before: string, h: string, after: string) => resume(before, h, after),
        )
    },
    replayNext: () => void (replays = true),
    refuseNext: () => void (refuses = true),
  }
}

async function listen(
  { keyFile, certFile }: FaultProxyOptions['certificates'],
  accept: (client: TLSSocket) => void,
): Promise<Server> {
  const server = createServer(
    { key: readFileSync(keyFile), cert: readFileSync(certFile), noDelay: true },
    accept,
  )
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port
