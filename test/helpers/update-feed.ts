/** Where updates come from: files over HTTP, as electron-builder's `generic` provider has them. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface UpdateFeed {
  readonly url: string
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[]
  /** Announces a version. `broken`: what comes is not what was announced. */
  offer(version: string, program: string, options?: { readonly broken?: boolean }): void
  close(): void
}

export async function startUpdateFeed(): Promise<UpdateFeed> {
  const files = new Map<string, string>()
  const requests: { path: string; headers: IncomingHttpHeaders }[] = []
  const server = createServer(({ url = '/', headers }, response) => {
    const path = new URL(url, 'http://feed').pathname
    requests.push({ path, headers })
    const file = files.get(path)
    response.writeHead(file === undefined ? 404 : 200).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    offer(version, program, { broken = false } = {}) {
      const sha512 = createHash('sha512').update(program).digest('base64')
      const name = `linnet-${version}.AppImage`
      const size = Buffer.byteLength(program)
      const lines = [
        `version: ${version}`,
        `files: [{ url: ${name}, sha512: ${sha512}, size: ${size} }]`,
        `path: ${name}`,
        `sha512: ${sha512}`,
        `releaseDate: '2026-01-01T00:00:00.000Z'`,
      ]
      files.set('/latest-linux.yml', lines.join('\n'))
      files.set(`/${name}`, broken ? program.toUpperCase() : program)
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
