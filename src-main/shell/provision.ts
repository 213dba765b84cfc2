/** `linnet --provision FILE`: the file's accounts, checked as a whole. See docs/provision.md. */
import * as v from 'valibot'
import type { ProvisionedAccount } from '../domain/app.types.ts'
import { isAccountJid, parseBareJid } from '../model/jid.ts'
import { parseWebSocketUrl } from '../model/websocket-url.ts'

const MAX_ACCOUNTS = 100

const text = (max: number) =>
  v.pipe(
    v.string('must be a text'),
    v.nonEmpty('must not be empty'),
    v.maxLength(max, `must not be longer than ${max} characters`),
  )

const account = v.strictObject({
  address: v.pipe(
    text(3071),
    v.check(isAccountAddress, 'must be an XMPP address such as romeo@montague.example'),
  ),
  password: text(4096),
  host: v.optional(text(255)),
  port: v.optional(
    v.pipe(
      v.number('must be a number'),
      v.check(
        (port) => Number.isInteger(port) && port >= 1 && port <= 65_535,
        'must be a whole number from 1 to 65535',
      ),
    ),
  ),
  security: v.optional(
    v.picklist(['automatic', 'direct-tls', 'starttls'], 'must be "automatic", "direct-tls" or "starttls"'),
    'automatic',
  ),
  transport: v.optional(
    v.picklist(['automatic', 'tcp', 'websocket'], 'must be "automatic", "tcp" or "websocket"'),
  ),
  webSocketUrl: v.optional(
    v.pipe(
      text(2048),
      v.check((url) => parseWebSocketUrl(url) !== undefined, 'must be an address that begins with wss://'),
    ),
  ),
  remember: v.optional(v.boolean('must be true or false'), true),
})

const file = v.strictObject({
  accounts: v.pipe(
    v.array(account, 'must be a list'),
    v.minLength(1, 'must name at least one account'),
    v.maxLength(MAX_ACCOUNTS, `must not name more than ${MAX_ACCOUNTS} accounts`),
  ),
})

export type Provision =
  | { readonly ok: true; readonly accounts: readonly ProvisionedAccount[] }
  /** `error` names the field (`accounts[1].port: must be …`) and never quotes its value: that may be a password. */
  | { readonly ok: false; readonly error: string }

export function parseProvision(content: string): Provision {
  let data: unknown
  try {
    data = JSON.parse(content.replace(/^\uFEFF/, ''))
  } catch {
    return { ok: false, error: 'not valid JSON' }
  }
  const checked = v.safeParse(file, data)
  return checked.success
    ? { ok: true, accounts: checked.output.accounts }
    : { ok: false, error: describe(checked.issues[0]) }
}

function isAccountAddress(address: string): boolean {
  const jid = parseBareJid(address)
  return jid !== undefined && isAccountJid(jid)
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
  const field = path.replace(/^\./, '')
  return field === ''
    ? `the file ${complaint(issue, 'must be an object with a list "accounts"')}`
    : `${field}: ${complaint(issue, 'is wrong')}`
}

/** strictObject has words of its own for a missing and for an unknown field. */
function complaint(issue: v.BaseIssue<unknown>, otherwise: string): string {
  if (issue.type !== 'strict_object') return issue.received === 'undefined' ? 'is missing' : issue.message
  if (issue.expected === 'never') return 'is not a known field'
  if (issue.received === 'undefined') return 'is missing'
  return issue.path === undefined ? otherwise : 'must be an object'
}
