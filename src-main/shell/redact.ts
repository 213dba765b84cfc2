/**
 * What may stand in the log. A field's text is written only when its name is known to be harmless; an address becomes a
 * hash that is the same each time (so that a line can be followed) and means nothing without this computer's key.
 */
import { createHmac } from 'node:crypto'

/** Names of fields whose text is ours or a fixed word of a protocol. */
const HARMLESS = new Set([
  'area', 'arch', 'backend', 'cause', 'code', 'command', 'condition', 'direction', 'electron', 'event', 'exitCode',
  'feature', 'field', 'kind', 'level', 'locale', 'mechanism', 'namespace', 'ns', 'permission', 'phase', 'platform',
  'problem', 'reason', 'security', 'show', 'signal', 'state', 'step', 'tls', 'type', 'version', 'what',
]) // prettier-ignore
const ADDRESS_NAMES = new Set([
  'address',
  'counterpart',
  'domain',
  'from',
  'host',
  'jid',
  'ownJid',
  'sender',
  'server',
  'to',
])
/** A server may choose what stands even there: only words like these pass under a harmless name. */
const PLAIN_WORD = /^[\w.:+*/ -]{0,120}$/
const ADDRESS = /[^\s"'<>()[\]{},;:=/@]+@[^\s"'<>()[\]{},;:=@]+/gu

export interface Redactor {
  /** Makes a message safe: addresses in it become hashes. Messages are fixed texts of ours, this is the second fence. */
  text(text: string): string
  /** `name=value` pairs, each redacted. */
  fields(fields: Readonly<Record<string, unknown>>): string
}

export function createRedactor(key: string): Redactor {
  const hash = (text: string): string => createHmac('sha256', key).update(text).digest('hex').slice(0, 10)
  const text = (raw: string): string => raw.replace(ADDRESS, (address) => `jid:${hash(bare(address))}`)

  const value = (name: string, raw: unknown): string => {
    if (raw instanceof Error) return text(describeError(raw))
    if (typeof raw === 'number' || typeof raw === 'boolean' || raw == null) return String(raw)
    if (typeof raw === 'string') return textValue(name, raw)
    if (Array.isArray(raw)) return `[${raw.map((item) => value(name, item)).join(', ')}]`
    if (typeof raw === 'object') return `{${fields(raw as Readonly<Record<string, unknown>>)}}`
    return typeof raw
  }
  const textValue = (name: string, raw: string): string => {
    if (ADDRESS_NAMES.has(name)) return `jid:${hash(bare(raw))}`
    if (HARMLESS.has(name) && PLAIN_WORD.test(raw)) return raw
    return `<${raw.length} characters>`
  }
  const fields = (all: Readonly<Record<string, unknown>>): string =>
    Object.entries(all)
      .map(([name, raw]) => `${name}=${value(name, raw)}`)
      .join(' ')
  return { text, fields }
}

/** All resources of an address get one hash. */
function bare(address: string): string {
  return address.replace(/\/.*$/s, '').toLowerCase()
}

/** Errors whose messages the engine or the database words; those of others may hold what a server or a contact said. */
const OWN_WORDS = new Set(['RangeError', 'ReferenceError', 'SqliteError', 'StorageError', 'TypeError'])

function describeError(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  // What stands in quotes is the value that was wrong.
  const message = OWN_WORDS.has(error.name)
    ? `: ${error.message.replace(/(["'`]).*\1/gs, '…').slice(0, 200)}`
    : ''
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [`${error.name}${code}${message}`, ...frames.slice(0, 12)].join('\n')
}
