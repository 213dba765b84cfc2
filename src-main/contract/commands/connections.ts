/** How an account is connected: host, proxy, the certificate that is trusted; what the renderer may ask for. */
import * as v from 'valibot'
import { parseWebSocketUrl } from '../../model/websocket-url.ts'
import { id, text } from '../fields.ts'

const host = v.pipe(text(255), v.trim(), v.nonEmpty(), v.regex(/^[^\s/@]+$/))
const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535))
/** SHA-256, colon separated. */
const fingerprint = v.pipe(v.string(), v.regex(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/))
/** What SOCKS5 has room for (RFC 1929 §2), whatever the letters. */
const MAX_PROXY_NAME = 63

export const proxyPassword = v.optional(text(MAX_PROXY_NAME))

/** What is entered for a connection; `proxyPassword` goes along where there is a proxy, and never comes back. */
export const connection = {
  host: v.optional(host),
  port: v.optional(port),
  security: v.picklist(['automatic', 'direct-tls', 'starttls']),
  transport: v.optional(v.picklist(['automatic', 'tcp', 'websocket'])),
  webSocketUrl: v.optional(
    v.pipe(
      text(2048),
      v.trim(),
      v.check((url) => parseWebSocketUrl(url) !== undefined),
    ),
  ),
  proxy: v.optional(
    v.strictObject({
      kind: v.picklist(['socks5', 'http']),
      host,
      port,
      username: v.optional(v.pipe(text(MAX_PROXY_NAME), v.nonEmpty())),
    }),
  ),
  /** By its fingerprint; the user has compared it. */
  trustedCertificate: v.optional(fingerprint),
}

const { trustedCertificate: _separately, ...changeable } = connection

export const connectionsCommands = {
  /** In place of all that was; what is connected now is connected anew. */
  'account.setConnection': v.strictObject({
    accountId: id,
    ...changeable,
    resource: v.pipe(text(1023), v.trim(), v.nonEmpty()),
    /** Absent: as before. */
    proxyPassword,
  }),
  /** The certificate that the account's connection fails for now: refused when it is another one meanwhile. */
  'account.trustCertificate': v.strictObject({ accountId: id, fingerprint }),
  'account.forgetCertificate': v.strictObject({ accountId: id }),
} as const
