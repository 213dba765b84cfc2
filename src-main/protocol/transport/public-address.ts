/**
 * Addresses of the public internet. What others write may lead us only there: an address that a name leads to, or that a
 * redirect names, must never reach this computer, the network around it or its router (attack S15).
 */
import dns from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** IANA's registries of special addresses: everything that is not to be reached over the internet. */
const SPECIAL_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
/** Of what is assigned (2000::/3): parts that carry IPv4 addresses, and documentation. */
const SPECIAL_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const special = new BlockList()
for (const [net, bits] of SPECIAL_V4) special.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of SPECIAL_V6) special.addSubnet(net, bits, 'ipv6')
const assigned = new BlockList()
assigned.addSubnet('2000::', 3, 'ipv6')

/** False for what is no IP address. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address)
  if (version === 4) return !special.check(address, 'ipv4')
  return version === 6 && assigned.check(address, 'ipv6') && !special.check(address, 'ipv6')
}

/** Fails for a name that leads to any address that is not public; whoever connects takes the very addresses it gives. */
export function publicLookup(lookup: typeof dns.lookup = dns.lookup): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, [])
      const [first] = found
      if (first === undefined || !found.every(({ address }) => isPublicAddress(address))) {
        return callback(Object.assign(new Error(`${host} is not public`), { code: 'EACCES' }), [])
      }
      if (options.all === true) callback(null, found)
      else callback(null, first.address, first.family)
    })
  }
}
