/** The log: one file in the profile, bounded in size, without secrets, texts or addresses (redact.ts). */
import electronLog from 'electron-log/node'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Log } from '../domain/app.types.ts'
import { createRedactor } from './redact.ts'

const MAX_BYTES = 2 * 1024 * 1024

export interface LogFile {
  readonly file: string
  readonly log: Log
}

/** `key`: the file of the key that addresses are hashed with, made at the first start. At most twice MAX_BYTES are kept. */
export function openLog(folder: string, key: string): LogFile {
  const file = join(folder, 'linnet.log')
  mkdirSync(folder, { recursive: true })
  const redact = createRedactor(readKey(key))
  const logger = electronLog.create({ logId: `linnet ${file}` })
  logger.transports.console.level = false
  Object.assign(logger.transports.file, {
    level: 'silly',
    maxSize: MAX_BYTES,
    resolvePathFn: () => file,
    format: '{iso} {level} {text}',
    writeOptions: { flag: 'a', mode: 0o600, encoding: 'utf8' },
  })
  const log: Log = (area, level, message, fields = {}) => {
    logger[level](`${area}: ${redact.text(message)} ${redact.fields(fields)}`.trimEnd())
  }
  return { file, log }
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    const key = randomBytes(32).toString('hex')
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, key, { mode: 0o600 })
    return key
  }
}
