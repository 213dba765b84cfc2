/**
 * Serves the renderer's files under `linnet://app/`: an origin of its own with headers, where `file:` would let a page
 * read the whole disk.
 */
import { protocol, type Session } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { CONTENT_SECURITY_POLICY } from './content-policy.ts'
import { fileOf, SCHEME } from './own-pages.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Pages that are not files: path (`/failure.html`) -> content. */
export type GeneratedPages = ReadonlyMap<string, string>

/** Before `ready`, once. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

/** `root`: the only folder that files come from. Takes the place of what was served before. */
export function serveRenderer(session: Session, root: string, generated: GeneratedPages = new Map()): void {
  if (session.protocol.isProtocolHandled(SCHEME)) session.protocol.unhandle(SCHEME)
  session.protocol.handle(SCHEME, async ({ method, url }) => {
    const file = method === 'GET' ? fileOf(url, root) : undefined
    const type = file === undefined ? undefined : TYPES[extname(file)]
    if (file === undefined || type === undefined) return new Response('Not found', { status: 404 })
    try {
      return new Response(generated.get(new URL(url).pathname) ?? (await readFile(file)), {
        headers: headersFor(type),
      })
    } catch {
      return new Response('Not found', { status: 404 })
    }
  })
}

function headersFor(type: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  }
}
