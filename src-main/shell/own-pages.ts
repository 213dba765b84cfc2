/** The application's own scheme and addresses: which page is ours, and which file of the renderer an address names. */
import { join, sep } from 'node:path'

export const SCHEME = 'linnet'
export const ORIGIN = `${SCHEME}://app`

/** Whether `url` is a page of ours: our scheme and host, or in development the server that serves the renderer. */
export function isOwnPage(url: string, developmentOrigin: string | undefined): boolean {
  const parsed = parse(url)
  if (parsed === undefined) return false
  // The origin of a custom scheme is opaque ('null'), so its parts are compared.
  if (parsed.protocol === `${SCHEME}:`)
    return parsed.host === 'app' && parsed.username === '' && parsed.port === ''
  return developmentOrigin !== undefined && parsed.origin === developmentOrigin
}

/** The file below `root` that `url` names; undefined when it names none (another host, a path that leaves `root`). */
export function fileOf(url: string, root: string): string | undefined {
  if (!isOwnPage(url, undefined)) return undefined
  const path = decode(new URL(url).pathname)
  if (path === undefined || /[\0\\]/.test(path)) return undefined
  const file = join(root, path === '/' ? 'index.html' : path)
  return file.startsWith(root + sep) ? file : undefined
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
