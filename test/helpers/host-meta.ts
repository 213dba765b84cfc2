/** A small https server with host-meta files (XEP-0156), honest or not. */
import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface HostMeta {
  readonly port: number
  /** Paths that were asked for, with the host they were asked of. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** The XRD that names these. */
export function xrdOf(...urls: readonly string[]): string {
  const links = urls.map((url) => `<Link rel='urn:xmpp:alt-connections:websocket' href='${url}'/>`)
  return `<XRD xmlns='http://docs.oasis-open.org/ns/xri/xrd-1.0'>${links.join('')}</XRD>`
}

/** Says the XRD to whoever asks for it, and that there is nothing else. */
export function serveXrd(xrd: () => string): RequestListener {
  return (request, response) => {
    const found = request.url === '/.well-known/host-meta'
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/xrd+xml' })
    response.end(found ? xrd() : '')
  }
}

export async function startHostMeta(
  tls: { readonly key: string; readonly cert: string },
  answer: RequestListener,
): Promise<HostMeta> {
  const asked: string[] = []
  const server = createServer(tls, (request, response) => {
    asked.push(`${String(request.headers.host)}${String(request.url)}`)
    answer(request, response)
  })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Key and certificate of a server that was started with files of its own. */
export function readTls(folder: string): { readonly key: string; readonly cert: string } {
  return {
    key: readFileSync(`${folder}/server.key`, 'utf8'),
    cert: readFileSync(`${folder}/server.crt`, 'utf8'),
  }
}
