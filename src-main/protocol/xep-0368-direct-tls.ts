/**
 * XEP-0368: SRV records for XMPP over TLS, version 1.1.0. https://xmpp.org/extensions/xep-0368.html
 * Finds where an XMPP domain is served: both kinds of SRV records (RFC 6120 §3.2, RFC 2782), else the domain itself.
 */
import type { SrvRecord } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { domainToASCII } from 'node:url'
import type { ConnectionOptions, ProxyOptions } from '../model/account.ts'
import { StreamFailure } from './errors.ts'

export interface Target {
  readonly host: string
  readonly port: number
  readonly directTls: boolean
}

/** DNS as this file needs it; tests give their own. */
export interface ServerResolver {
  /** Rejects with Node's DNS error codes (ENOTFOUND, ENODATA, ESERVFAIL, …). */
  readonly resolveSrv: (name: string) => Promise<SrvRecord[]>
  /** For the addresses of a target; the system's resolver when absent. */
  readonly lookup?: LookupFunction | undefined
  /** Where https is served when an address names no port; 443 when absent. */
  readonly httpsPort?: number | undefined
  /** Every connection goes through it. */
  readonly proxy?: ProxyRoute | undefined
}

export type ProxyRoute = ProxyOptions & { readonly password?: string | undefined }

const STARTTLS_PORT = 5222
const DIRECT_TLS_PORT = 5223
/** More records than this are a mistake or an attack. */
const MAX_TARGETS = 12

export function systemResolver(): ServerResolver {
  const resolver = new Resolver({ timeout: 3000, tries: 2 })
  return { resolveSrv: (name) => resolver.resolveSrv(name) }
}

/**
 * The same by way of a proxy: nothing is looked up on this computer any more, not even SRV records, for whoever hears the
 * question knows where the user goes. So a server is where its domain is, unless the user names another host.
 */
export function throughProxy({ httpsPort }: ServerResolver, proxy: ProxyRoute): ServerResolver {
  return {
    resolveSrv: () => Promise.resolve([]),
    lookup: (name, _options, callback) => {
      callback(Object.assign(new Error(`${name} is the proxy's to look up`), { code: 'ENOTFOUND' }), [])
    },
    httpsPort,
    proxy,
  }
}

/**
 * The targets to try, best first. What the user entered wins over DNS. Throws StreamFailure 'no-such-server' when DNS
 * says that the domain has no such service (a target of "."). `random` is 0 to 1.
 */
export async function findTargets(
  domain: string,
  options: ConnectionOptions,
  resolver: ServerResolver,
  random: () => number = Math.random,
): Promise<readonly Target[]> {
  if (options.host !== undefined) return explicitTargets(options.host, options)
  const name = asciiDomain(domain)
  if (options.port !== undefined || !name.includes('.') || isAddress(name))
    return explicitTargets(name, options)
  const [direct, starttls] = await Promise.all([
    options.security === 'starttls' ? undefined : lookUp(`_xmpps-client._tcp.${name}`, resolver),
    options.security === 'direct-tls' ? undefined : lookUp(`_xmpp-client._tcp.${name}`, resolver),
  ])
  const targets = [...order(direct?.records, true, random), ...order(starttls?.records, false, random)]
  if (targets.length > 0) {
    // XEP-0368 §3: both kinds are one list by priority; in the same priority direct TLS goes first.
    return targets.sort((a, b) => a.priority - b.priority).slice(0, MAX_TARGETS)
  }
  if (starttls?.refused === true || (options.security === 'direct-tls' && direct?.refused === true)) {
    throw new StreamFailure({ code: 'no-such-server', detail: `${name}: DNS says that it serves no XMPP` })
  }
  return explicitTargets(name, options).filter((target) => !(target.directTls && direct?.refused === true))
}

/** A domain as DNS and certificates know it. */
export function asciiDomain(domain: string): string {
  return domainToASCII(domain) || domain
}

/** What is there without SRV: the standard ports, or the port that the user entered in both ways. */
function explicitTargets(host: string, { port, security }: ConnectionOptions): readonly Target[] {
  const name = isAddress(host) ? host.replace(/^\[|\]$/g, '') : asciiDomain(host)
  const direct = { host: name, port: port ?? DIRECT_TLS_PORT, directTls: true }
  const starttls = { host: name, port: port ?? STARTTLS_PORT, directTls: false }
  if (security === 'direct-tls') return [direct]
  if (security === 'starttls') return [starttls]
  return port === DIRECT_TLS_PORT || port === 443 ? [direct, starttls] : [starttls, direct]
}

function isAddress(host: string): boolean {
  return host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host)
}

/** A failed look-up is no records: another record set, or the domain itself, may still lead to the server. */
async function lookUp(
  name: string,
  resolver: ServerResolver,
): Promise<{ records: SrvRecord[]; refused: boolean }> {
  const found = await resolver.resolveSrv(name).catch((): SrvRecord[] => [])
  const records = found.filter((record) => record.name !== '' && record.name !== '.')
  // RFC 2782: a target of "." says that the service is decidedly not available at this domain.
  return { records, refused: found.length > 0 && records.length === 0 }
}

type Ranked = Target & { readonly priority: number }

/** By priority, and in each priority the lottery by weight of RFC 2782. */
function order(
  records: readonly SrvRecord[] | undefined,
  directTls: boolean,
  random: () => number,
): Ranked[] {
  const left = [...(records ?? [])]
  const ordered: Ranked[] = []
  while (left.length > 0) {
    const priority = Math.min(...left.map((record) => record.priority))
    const group = left.filter((record) => record.priority === priority)
    const drawn = draw(group, random)
    left.splice(left.indexOf(drawn), 1)
    ordered.push({ host: drawn.name.replace(/\.$/, ''), port: drawn.port, directTls, priority })
  }
  return ordered
}

function draw(group: readonly SrvRecord[], random: () => number): SrvRecord {
  // RFC 2782 puts those of weight 0 first, so that they have a small chance as well.
  const sorted = [...group].sort((a, b) => Number(a.weight > 0) - Number(b.weight > 0))
  const total = sorted.reduce((sum, record) => sum + record.weight, 0)
  const ticket = Math.floor(random() * (total + 1))
  let sum = 0
  const winner = sorted.find((record) => (sum += record.weight) >= ticket)
  return winner ?? (sorted[0] as SrvRecord)
}
