/**
 * Certificate authorities that the system trusts beside those that Node brings: a company's own, for instance. Newer
 * runtimes can ask the system; on Linux its bundle is a file, which SSL_CERT_FILE names as it does for OpenSSL.
 */
import { readFileSync } from 'node:fs'
import * as tls from 'node:tls'

const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt', // Debian, Ubuntu, Arch
  '/etc/pki/tls/certs/ca-bundle.crt', // Fedora, RHEL
  '/etc/ssl/ca-bundle.pem', // openSUSE
  '/etc/ssl/cert.pem', // Alpine
]
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/**
 * PEM certificates that tls.rootCertificates lacks. Those of NODE_EXTRA_CA_CERTS are among them: a connection that names
 * its authorities no longer gets them from Node.
 */
export function systemAuthorities(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] {
  const known = new Set(tls.rootCertificates.map(withoutSpace))
  const system = platform === 'linux' ? readBundle(env['SSL_CERT_FILE']) : askSystem()
  const extra = readCertificates(env['NODE_EXTRA_CA_CERTS']) ?? []
  return [...new Set([...system, ...extra])].filter((certificate) => !known.has(withoutSpace(certificate)))
}

function readBundle(named: string | undefined): readonly string[] {
  for (const file of named === undefined ? BUNDLES : [named]) {
    const certificates = readCertificates(file)
    if (certificates !== undefined) return certificates
  }
  return []
}

/** Undefined when there is no such file. */
function readCertificates(file: string | undefined): readonly string[] | undefined {
  if (file === undefined || file === '') return undefined
  try {
    return readFileSync(file, 'utf8').match(CERTIFICATE) ?? []
  } catch {
    return undefined
  }
}

/** Node 22.15 and newer; the types are those of the oldest that Linnet runs on. */
function askSystem(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'system') => string[] }
  return getCACertificates?.('system') ?? []
}

function withoutSpace(certificate: string): string {
  return certificate.replace(/\s/g, '')
}
