/** A certificate authority and a server certificate for a test server, made on the spot by openssl. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Certificates {
  readonly caFile: string
  readonly certFile: string
  readonly keyFile: string
}

/** `names`: the DNS names the certificate is for; the first is its subject. `days` may be negative only for -expired. */
export function makeCertificates(folder: string, names: readonly string[]): Certificates {
  const file = (name: string): string => join(folder, name)
  const [caFile, caKey] = [file('ca.crt'), file('ca.key')]
  const [certFile, keyFile, request, extensions] = [
    'server.crt',
    'server.key',
    'server.csr',
    'server.ext',
  ].map(file) as [string, string, string, string]
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl('req', '-x509', ...ec, '-days', '30', '-subj', '/CN=Linnet test authority', '-addext', 'basicConstraints=critical,CA:TRUE', '-keyout', caKey, '-out', caFile) // prettier-ignore
  openssl('req', ...ec, '-subj', `/CN=${names[0]}`, '-keyout', keyFile, '-out', request)
  writeFileSync(extensions, `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')},IP:127.0.0.1`)
  openssl('x509', '-req', '-in', request, '-CA', caFile, '-CAkey', caKey, '-CAcreateserial', '-days', '30', '-out', certFile, '-extfile', extensions) // prettier-ignore
  return { caFile, certFile, keyFile }
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'ignore'] })
}
