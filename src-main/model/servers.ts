/** The servers that somebody without an account is shown: plain types, and the strict reading of a list of them. */

export interface PublicServer {
  readonly domain: string
  /** ISO 3166-1, where it is run. */
  readonly country: string
  readonly paid?: boolean
}

export interface ServerList {
  readonly servers: readonly PublicServer[]
  /** When it was fetched, epoch milliseconds; absent: it came with Linnet. */
  readonly updatedAt?: number
}

const MAX_TEXT = 65_536
const MAX_SERVERS = 200
const DOMAIN = /^(?=.{4,253}$)([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*[a-z\d]$/
const KNOWN: readonly string[] = ['domain', 'country', 'paid']

/**
 * `{ "about"?: text, "servers": [{ "domain", "country", "paid"?: true }] }`, 1 to 200 of them, none twice. Undefined for anything
 * else, also for a list with a single entry that is wrong: half a list is nobody's list.
 */
export function parseServerList(text: string): readonly PublicServer[] | undefined {
  if (text.length > MAX_TEXT) return undefined
  const list = parseJson(text)
  if (!isRecord(list) || !hasOnly(list, ['about', 'servers'])) return undefined
  const entries: unknown = list['servers']
  if (!Array.isArray(entries) || entries.length === 0 || entries.length > MAX_SERVERS) return undefined
  const servers = entries.flatMap((entry: unknown) => readServer(entry) ?? [])
  const domains = new Set(servers.map(({ domain }) => domain))
  return domains.size === entries.length ? servers : undefined
}

function readServer(entry: unknown): PublicServer | undefined {
  if (!isRecord(entry) || !hasOnly(entry, KNOWN)) return undefined
  const { domain, country, paid } = entry
  if (typeof domain !== 'string' || !DOMAIN.test(domain)) return undefined
  if (typeof country !== 'string' || !/^[A-Z]{2}$/.test(country)) return undefined
  if (paid !== undefined && paid !== true) return undefined
  return { domain, country, ...(paid === true ? { paid } : {}) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasOnly(value: object, names: readonly string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name))
}
