/** Which words stand for what went wrong: every code has some, or this does not compile. */
import type { UserErrorCode } from '../../src-main/contract/errors.ts'
import type { ConnectionStep, ProblemCode } from '../../src-main/model/account.ts'
import type { TextKey } from '../../src-main/text/text.ts'

export interface ProblemWords {
  /** What happened. Takes `domain`. */
  readonly what: TextKey
  /** What to do about it. */
  readonly advice: TextKey
}

export const PROBLEM_WORDS: Readonly<Record<ProblemCode, ProblemWords>> = {
  'no-such-server': { what: 'errors.noSuchServer', advice: 'errors.noSuchServerAdvice' },
  refused: { what: 'errors.refused', advice: 'errors.refusedAdvice' },
  network: { what: 'errors.network', advice: 'errors.networkAdvice' },
  proxy: { what: 'errors.proxy', advice: 'errors.proxyAdvice' },
  timeout: { what: 'errors.timeout', advice: 'errors.timeoutAdvice' },
  certificate: { what: 'errors.certificate', advice: 'errors.certificateAdvice' },
  'no-tls': { what: 'errors.noTls', advice: 'errors.noTlsAdvice' },
  'no-web-socket': { what: 'errors.noWebSocket', advice: 'errors.noWebSocketAdvice' },
  credentials: { what: 'errors.credentials', advice: 'errors.credentialsAdvice' },
  tampered: { what: 'errors.tampered', advice: 'errors.tamperedAdvice' },
  'server-unproven': { what: 'errors.serverUnproven', advice: 'errors.serverUnprovenAdvice' },
  'no-mechanism': { what: 'errors.noMechanism', advice: 'errors.noMechanismAdvice' },
  'account-disabled': { what: 'errors.accountDisabled', advice: 'errors.accountDisabledAdvice' },
  policy: { what: 'errors.policy', advice: 'errors.policyAdvice' },
  conflict: { what: 'errors.conflict', advice: 'errors.conflictAdvice' },
  'server-shutdown': { what: 'errors.serverShutdown', advice: 'errors.serverShutdownAdvice' },
  protocol: { what: 'errors.protocol', advice: 'errors.protocolAdvice' },
  'password-missing': { what: 'errors.passwordMissing', advice: 'errors.passwordMissingAdvice' },
  cancelled: { what: 'errors.cancelled', advice: 'errors.cancelledAdvice' },
}

export const ERROR_WORDS: Readonly<Record<UserErrorCode, TextKey>> = {
  'invalid-input': 'errors.invalidInput',
  'invalid-address': 'errors.invalidAddress',
  'sign-in-failed': 'errors.signInFailed',
  'keyring-unprotected': 'errors.keyringUnprotected',
  'wrong-password': 'errors.wrongPassword',
  offline: 'errors.offline',
  'refused-by-server': 'errors.refusedByServer',
  'request-timeout': 'errors.requestTimeout',
  'not-supported': 'availability.notSupported',
  'not-found': 'errors.notFound',
  'invitation-refused': 'registration.invitationOver',
  'disk-full': 'errors.diskFull',
  'message-too-long': 'errors.messageTooLong',
  'file-not-written': 'errors.fileNotWritten',
  'link-refused': 'errors.linkRefused',
  'own-server': 'errors.ownServer',
  'unreadable-answer': 'errors.unreadableAnswer',
  'file-unreadable': 'errors.fileUnreadable',
  busy: 'errors.busy',
  'backup-foreign': 'errors.backupForeign',
  'backup-newer': 'errors.backupNewer',
  'backup-damaged': 'errors.backupDamaged',
  'backup-password': 'errors.backupPassword',
  internal: 'errors.internal',
}

/** Node's reason for not trusting a certificate, in words. Takes `from` and `to`, dates. */
export function certificateReason(reason: string): TextKey {
  return CERTIFICATE_REASONS[reason] ?? 'errors.certificateOther'
}

const CERTIFICATE_REASONS: Readonly<Record<string, TextKey>> = {
  CERT_HAS_EXPIRED: 'errors.certificateExpired',
  CERT_NOT_YET_VALID: 'errors.certificateNotYetValid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'errors.certificateOtherName',
  HOSTNAME_MISMATCH: 'errors.certificateOtherName',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'errors.certificateSelfSigned',
  SELF_SIGNED_CERT_IN_CHAIN: 'errors.certificateUnknownIssuer',
  UNABLE_TO_GET_ISSUER_CERT: 'errors.certificateUnknownIssuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'errors.certificateUnknownIssuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'errors.certificateUnknownIssuer',
  CERT_UNTRUSTED: 'errors.certificateUnknownIssuer',
  CERT_REVOKED: 'errors.certificateRevoked',
}

export const STEPS: readonly ConnectionStep[] = [
  'looking-up',
  'connecting',
  'securing',
  'signing-in',
  'loading-contacts',
]

/** A step while it runs, and when it is behind us. */
export const STEP_WORDS: Readonly<Record<ConnectionStep, { readonly now: TextKey; readonly done: TextKey }>> =
  {
    'looking-up': { now: 'setup.lookingUp', done: 'setup.lookedUp' },
    connecting: { now: 'setup.connecting', done: 'setup.connected' },
    securing: { now: 'setup.securing', done: 'setup.secured' },
    'signing-in': { now: 'setup.signingIn', done: 'setup.signedIn' },
    'loading-contacts': { now: 'setup.loadingContacts', done: 'setup.loadedContacts' },
  }
