/** Reads a provision file; what is wrong with it goes to the terminal here, and to the window as a notice. */
import { readFileSync, statSync } from 'node:fs'
import { UserError } from '../contract/errors.ts'
import type { App } from '../domain/app.types.ts'
import type { Notice } from '../model/events.ts'
import { parseProvision, type Provision } from './provision.ts'

const MAX_BYTES = 1024 * 1024

/** Nothing is to be imported when anything is wrong. */
export function readProvisionFile(file: string): Provision {
  const provision = read(file)
  if (!provision.ok) process.stderr.write(`linnet: ${file}: ${provision.error}\n`)
  return provision
}

/** For a start while Linnet runs already. */
export function importAccounts(file: string, app: Pick<App, 'provision' | 'events'>): void {
  const provision = readProvisionFile(file)
  const refuse = (error: string): void => app.events.emit('notice.raised', { notice: noticeOf(error) })
  if (!provision.ok) return refuse(provision.error)
  try {
    app.provision(provision.accounts)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    refuse(error.message)
  }
}

export function noticeOf(error: string): Notice {
  return { code: 'provision-failed', detail: error }
}

function read(file: string): Provision {
  if (file === '') return { ok: false, error: '--provision needs the name of a file' }
  try {
    if (statSync(file).size > MAX_BYTES) return { ok: false, error: 'the file is too large' }
    return parseProvision(readFileSync(file, 'utf8'))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return { ok: false, error: `the file can't be read (${code})` }
  }
}
