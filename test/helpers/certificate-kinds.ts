/** Real certificates of each kind that does not hold, made on the spot by openssl. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestCertificates } from './scripted-server.ts'

/** `untouched`: right in every way, to see that the others fail for the one thing that is wrong with them. */
export const KINDS = [
  'untouched',
  'expired',
  'not-yet',
  'other-name',
  'self-signed',
  'unknown-issuer',
] as const
export type Kind = (typeof KINDS)[number]

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

/** `ca` is what a client trusts; of the last two kinds it does not sign them. */
export function certificateOfKind(kind: Kind, domain: string): TestCertificates {
  const folder = mkdtempSync(join(tmpdir(), 'linnet-kind-'))
  const openssl = (...args: string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const authority = (name: string): void =>
    openssl('req', '-x509', ...EC, '-days', '3650', '-subj', `/CN=${name}`, '-addext', 'basicConstraints=critical,CA:TRUE', '-keyout', `${name}.key`, '-out', `${name}.crt`) // prettier-ignore
  const name = kind === 'other-name' ? 'elsewhere.test' : domain
  try {
    authority('known')
    authority('unknown')
    if (kind === 'self-signed') {
      openssl('req', '-x509', ...EC, '-days', '30', '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-keyout', 'server.key', '-out', 'server.crt') // prettier-ignore
    } else {
      openssl('req', ...EC, '-subj', `/CN=${name}`, '-keyout', 'server.key', '-out', 'server.csr')
      sign(openssl, folder, kind, name)
    }
    return { ca: read('known.crt'), caFile: '', key: read('server.key'), cert: read('server.crt') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** By `openssl ca`, which alone can date a certificate back. */
function sign(openssl: (...args: string[]) => void, folder: string, kind: Kind, name: string): void {
  const issuer = kind === 'unknown-issuer' ? 'unknown' : 'known'
  const [from, to] = { expired: [-20, -10], 'not-yet': [10, 20] }[kind as string] ?? [-1, 30]
  const date = (days = 0): string =>
    `${new Date(Date.now() + days * 86_400_000).toISOString().replace(/[-:T]|\.\d+/g, '').slice(0, 14)}Z` // prettier-ignore
  writeFileSync(join(folder, 'index.txt'), '')
  writeFileSync(
    join(folder, 'ca.cnf'),
    `[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nrand_serial=yes\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\nx509_extensions=e\n[p]\ncommonName=supplied\n[e]\nsubjectAltName=DNS:${name}\n`,
  )
  openssl('ca', '-batch', '-config', 'ca.cnf', '-cert', `${issuer}.crt`, '-keyfile', `${issuer}.key`, '-in', 'server.csr', '-out', 'server.crt', '-notext', '-startdate', date(from), '-enddate', date(to)) // prettier-ignore
}
