/**
 * Free TCP ports on loopback, never one that was given before: who got it may not listen on it yet. Another process could
 * take one before its use.
 */
import { createServer, type AddressInfo, type Server } from 'node:net'

const given = new Set<number>()

export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = []
  const ports: number[] = []
  while (ports.length < count) {
    const server = await listen()
    servers.push(server)
    const { port } = server.address() as AddressInfo
    if (given.has(port)) continue
    given.add(port)
    ports.push(port)
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}
