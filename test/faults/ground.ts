/** What many schedules share: one Prosody, and a folder in memory, where a disk has no say in how long all takes. */
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage } from '../../src-main/storage/index.ts'
import { makeCertificates } from '../helpers/certificates.ts'
import type { FaultProxyOptions } from '../helpers/fault-proxy.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import type { ProsodyOptions } from '../helpers/prosody-config.ts'
import { buildProgram } from './program.ts'
import type { Part } from './schedule.ts'

export interface Ground {
  readonly server: Prosody
  readonly folder: string
  readonly ca: readonly string[]
  /** An empty one, to be copied: that is quicker than to make its tables. */
  readonly database: string
  /** Of a person who may be killed. */
  readonly program: string
  proxyFor(part: Part): FaultProxyOptions
  dispose(): Promise<void>
}

/** Behind the proxies, which end TLS, all is in the clear. */
const IN_THE_CLEAR = 'c2s_require_encryption = false\n'

export async function prepareGround(options: ProsodyOptions = {}): Promise<Ground> {
  const [server, program] = await Promise.all([
    startProsody({ ...options, extraConfig: IN_THE_CLEAR + (options.extraConfig ?? '') }),
    buildProgram(),
  ])
  const memory = '/dev/shm'
  const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'linnet-schedules-'))
  const strange = join(folder, 'stranger')
  mkdirSync(strange)
  const database = join(folder, 'empty.db')
  openStorage({ file: database, now: Date.now }).storage.close()
  const certificates = {
    keyFile: join(server.folder, 'server.key'),
    certFile: join(server.folder, 'server.crt'),
  }
  const foreign = makeCertificates(strange, [server.domain])
  return {
    server,
    folder,
    database,
    ca: [readFileSync(server.caFile, 'utf8')],
    program: program.file,
    proxyFor: ({ transport }) => ({
      transport,
      serverPort: transport === 'tcp' ? server.port : server.httpPort,
      certificates,
      foreign,
    }),
    async dispose() {
      await server.dispose()
      for (const each of [folder, program.folder]) rmSync(each, { recursive: true })
    },
  }
}
