import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { afterAll, expect, test } from 'vitest'
import { systemAuthorities } from '../../src-main/shell/trust.ts'
import { makeCertificates } from '../helpers/certificates.ts'

const folder = mkdtempSync(join(tmpdir(), 'linnet-trust-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const { caFile } = makeCertificates(folder, ['chat.test'])
const ca = readFileSync(caFile, 'utf8').trim()
const bundle = join(folder, 'bundle.pem')
writeFileSync(bundle, `# comment\n${rootCertificates[0] ?? ''}\n${ca}\n`)

test('a bundle gives what Node does not know, once', () => {
  expect(systemAuthorities('linux', { SSL_CERT_FILE: bundle })).toEqual([ca])
  expect(systemAuthorities('linux', { SSL_CERT_FILE: bundle, NODE_EXTRA_CA_CERTS: caFile })).toEqual([ca])
})

test('what is given to Node counts on every system', () => {
  expect(systemAuthorities('win32', { NODE_EXTRA_CA_CERTS: caFile })).toContain(ca)
})

test('a file that is missing or is no bundle gives nothing', () => {
  expect(systemAuthorities('linux', { SSL_CERT_FILE: join(folder, 'none') })).toEqual([])
  expect(systemAuthorities('linux', { SSL_CERT_FILE: import.meta.filename })).toEqual([])
})
