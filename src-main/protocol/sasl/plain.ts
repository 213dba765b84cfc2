/** PLAIN (RFC 4616): the password itself, so only inside TLS and only where nothing better is offered. */
import { prepare } from './prepare.ts'
import type { SaslExchange } from './exchange.ts'
import { StreamFailure } from '../errors.ts'

export function createPlain(username: string, password: string): SaslExchange {
  return {
    mechanism: 'PLAIN',
    offerConfirmed: false,
    saysUnbindable: false,
    initial: () => Buffer.from(`\0${prepare(username)}\0${prepare(password)}`),
    respond: () => Promise.reject(new StreamFailure({ code: 'protocol', detail: 'PLAIN has no challenges' })),
    finish: () => undefined,
  }
}
