/**
 * XEP-0440: SASL Channel-Binding Type Capability, version 1.0.0. https://xmpp.org/extensions/xep-0440.html
 * Reads the types that a server announces and makes the data of those we have: tls-exporter (RFC 9266) and
 * tls-server-end-point (RFC 5929 §4).
 */
import { createHash } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { Element } from './xml.ts'

export const NS = 'urn:xmpp:sasl-cb:0'

export interface BindingData {
  readonly type: 'tls-exporter' | 'tls-server-end-point'
  readonly data: Buffer
}

/** The announced types; undefined when the server says nothing about them. */
export function parseBindingTypes(features: Element): readonly string[] | undefined {
  return features
    .getChild('sasl-channel-binding', NS)
    ?.getChildren('channel-binding')
    .map((child) => String(child.attrs['type'] ?? ''))
}

/**
 * The strongest binding that both have. Where nothing is announced the type is TLS 1.3's default, tls-exporter; for
 * TLS 1.2 that would be tls-unique, which we don't have (and whose meaning depends on an extension Node can't see).
 */
export function chooseBinding(
  socket: TLSSocket,
  announced: readonly string[] | undefined,
): BindingData | undefined {
  const allowed = announced ?? ['tls-exporter']
  if (allowed.includes('tls-exporter') && socket.getProtocol() === 'TLSv1.3') {
    const data = socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0))
    return { type: 'tls-exporter', data }
  }
  if (!allowed.includes('tls-server-end-point')) return undefined
  const certificate = socket.getPeerX509Certificate()?.raw
  const data = certificate === undefined ? undefined : endPointHash(certificate)
  return data === undefined ? undefined : { type: 'tls-server-end-point', data }
}

/** Hash of the whole certificate by its signature's hash, MD5 and SHA-1 raised to SHA-256 (RFC 5929 §4.1). */
export function endPointHash(certificate: Buffer): Buffer | undefined {
  const hash = HASH_BY_OID[signatureOid(certificate) ?? '']
  return hash === undefined ? undefined : createHash(hash).update(certificate).digest()
}

/** DER of the object identifiers of signature algorithms, in hex. */
const HASH_BY_OID: Readonly<Record<string, string>> = {
  '2a864886f70d010104': 'sha256', // md5WithRSAEncryption
  '2a864886f70d010105': 'sha256', // sha1WithRSAEncryption
  '2a864886f70d01010b': 'sha256', // sha256WithRSAEncryption
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a8648ce3d0401': 'sha256', // ecdsa-with-SHA1
  '2a8648ce3d040302': 'sha256', // ecdsa-with-SHA256
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
}

/** Certificate ::= SEQUENCE { tbsCertificate, SEQUENCE { OID, … }, … } (RFC 5280 §4.1). */
function signatureOid(der: Buffer): string | undefined {
  const certificate = readTlv(der, 0)
  const tbs = certificate && readTlv(der, certificate.start)
  const algorithm = tbs && readTlv(der, tbs.end)
  const oid = algorithm && readTlv(der, algorithm.start)
  return oid?.tag === 6 ? der.subarray(oid.start, oid.end).toString('hex') : undefined
}

function readTlv(der: Buffer, at: number): { tag: number; start: number; end: number } | undefined {
  const tag = der[at]
  const first = der[at + 1]
  if (tag === undefined || first === undefined) return undefined
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  if (lengthBytes > 4 || at + 2 + lengthBytes > der.length) return undefined
  const length = lengthBytes === 0 ? first : der.readUIntBE(at + 2, lengthBytes)
  const start = at + 2 + lengthBytes
  return { tag, start, end: start + length }
}
