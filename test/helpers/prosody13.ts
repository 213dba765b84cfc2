/** Prosody 13 from the Debian 13 folder (scripts/setup/trixie.mjs): SASL2, Bind 2 and channel binding by tls-exporter. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureTrixie } from '../../scripts/setup/trixie.mjs'
import { startProsody, type Prosody } from './prosody.ts'
import type { ProsodyOptions } from './prosody-config.ts'

const MODULES = ['sasl2', 'sasl2_bind2', 'sasl2_sm']

export async function startProsody13(
  options: ProsodyOptions & { readonly domain?: string } = {},
): Promise<Prosody> {
  const root = await ensureTrixie()
  const parent = join(root, 'tmp')
  mkdirSync(parent, { recursive: true })
  const extraModules = [...MODULES, ...(options.extraModules ?? [])]
  // As root inside: the folder is private to this test, and the account "nobody" of the two systems need not agree.
  const program = { command: ['chroot', root, 'prosody'], parent, seenFrom: root, dropRoot: false }
  return startProsody({ ...options, extraModules }, program)
}
