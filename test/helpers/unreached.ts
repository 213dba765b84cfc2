/** What an app needs of the network besides connecting, where a test does not reach for it. */
import type { AppOptions } from '../../src-main/domain/app.types.ts'

export const unreached: Pick<AppOptions, 'revokeToken' | 'openRegistration' | 'fetchText'> = {
  openRegistration: () => Promise.reject(new Error('not reached')),
  fetchText: () => Promise.resolve(undefined),
  revokeToken: () => Promise.reject(new Error('not reached')),
}
