/** Accounts on their servers: what the renderer may ask for. */
import * as v from 'valibot'
import type { ServerList } from '../../model/servers.ts'
import type { Registration } from '../../model/services.ts'
import { id, text } from '../fields.ts'
import { connection, proxyPassword } from './connections.ts'
import { answers } from './services.ts'

const password = v.pipe(text(4096), v.nonEmpty())

export const registrationCommands = {
  /** Servers to have an account on: the newest list that is here. */
  'servers.list': v.strictObject({}),
  /** Fetches a newer list; only when the user says so. */
  'servers.update': v.strictObject({}),
  /** What a server asks of somebody who wants an account there. The connection stays until it is submitted or cancelled. */
  'registration.begin': v.strictObject({
    server: v.pipe(text(1023), v.trim(), v.nonEmpty()),
    ...connection,
    proxyPassword,
    /** Of an invitation that opens an account there. */
    preauth: v.optional(v.pipe(text(256), v.nonEmpty())),
  }),
  /** What the server asks for, anew, with another picture: on the connection that is there. */
  'registration.renew': v.strictObject({}),
  'registration.submit': v.strictObject({ kind: v.picklist(['form', 'legacy']), answers }),
  'registration.cancel': v.strictObject({}),
  /** `current`: that it is the owner who asks. */
  'account.changePassword': v.strictObject({ accountId: id, current: password, password }),
  /** For ever, with everything that the server keeps for it; then as account.remove. */
  'account.deleteOnServer': v.strictObject({ accountId: id, keepHistory: v.boolean() }),
} as const

export interface RegistrationOutputs {
  'servers.list': ServerList
  'servers.update': ServerList
  'registration.begin': Registration
  'registration.renew': Registration
}
