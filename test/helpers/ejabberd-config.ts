/** The configuration of a private ejabberd: loopback only, no federation. It is written as JSON, which YAML can read. */
import type { ProsodyPorts } from './prosody-config.ts'

/** ejabberd's own names of SASL mechanisms are the registered ones. */
export type Hash = 'sha' | 'sha256' | 'sha512'

export interface EjabberdHost {
  /** How passwords are kept: as the keys of one hash, which is then all that is offered, or plain: all are. */
  readonly keptAs: Hash | 'plain'
  readonly withoutMechanisms?: readonly string[]
}

export interface EjabberdOptions {
  /** Served besides the domain itself, by the label before it: `old` is old.chat.test. */
  readonly hosts?: Readonly<Record<string, EjabberdHost>>
  /** A port without TLS, for a proxy that ends it before the server. */
  readonly plainPort?: number
  /** Tokens (XEP-0484), and stronger keys asked for on signing in (XEP-0480). */
  readonly tokens?: boolean
  readonly upgrades?: boolean
  /** XEP-0198; seconds that a lost session waits to be resumed. */
  readonly resumeSeconds?: number
  /** Rooms at conference.DOMAIN, with archives. */
  readonly rooms?: boolean
  /** Of each account, with all that is said. */
  readonly archive?: boolean
  /** Accounts for who answers a picture (XEP-0158): the program that draws it, as ejabberd sees it. */
  readonly captcha?: string
}

const ROOMS = {
  mod_muc: { default_room_options: { mam: true } },
  mod_muc_occupantid: {},
  mod_mam: {},
}

const captchaBy = (program: string): object => ({
  captcha_cmd: program,
  captcha_url: 'https://chat.test/captcha',
  registration_timeout: 'infinity',
})

const MODULES = [
  'admin_extra', 'blocking', 'caps', 'carboncopy', 'client_state', 'disco', 'host_meta', 'http_api', 'offline', 'ping',
  'privacy', 'private', 'vcard', 'version',
] // prettier-ignore

/** Offered by ejabberd beyond SCRAM and PLAIN; no client should still use them. */
const OUTDATED = ['DIGEST-MD5', 'X-OAUTH2']

/** `folder` and `certificate` as ejabberd sees them. */
export function ejabberdConfig(
  domain: string,
  certificate: string,
  ports: ProsodyPorts,
  { hosts = {}, resumeSeconds = 120, ...options }: EjabberdOptions,
): string {
  const named = Object.entries(hosts).map(([label, host]) => [`${label}.${domain}`, host] as const)
  const http = { '/ws': 'ejabberd_http_ws', '/.well-known/host-meta': 'mod_host_meta', '/.well-known/host-meta.json': 'mod_host_meta' } // prettier-ignore
  const modules = Object.fromEntries(MODULES.map((name) => [`mod_${name}`, {}]))
  return JSON.stringify({
    hosts: [domain, ...named.map(([name]) => name)],
    loglevel: 'info',
    log_rotate_count: 0,
    certfiles: [certificate],
    acme: { auto: false },
    c2s_protocol_options: ['no_sslv3', 'no_tlsv1', 'no_tlsv1_1'],
    auth_password_format: 'plain',
    disable_sasl_mechanisms: OUTDATED,
    host_config: Object.fromEntries(named.map(([name, host]) => [name, hostConfig(host)])),
    listen: [
      { port: ports.port, ip: '127.0.0.1', module: 'ejabberd_c2s', starttls_required: true },
      { port: ports.tlsPort, ip: '127.0.0.1', module: 'ejabberd_c2s', tls: true },
      ...(options.plainPort === undefined ? [] : [{ port: options.plainPort, ip: '127.0.0.1', module: 'ejabberd_c2s' }]),
      { port: ports.httpsPort, ip: '127.0.0.1', module: 'ejabberd_http', tls: true, request_handlers: http },
      { port: ports.httpPort, ip: '127.0.0.1', module: 'ejabberd_http', request_handlers: { ...http, '/api': 'mod_http_api' } },
    ], // prettier-ignore
    ...(options.captcha === undefined ? {} : captchaBy(options.captcha)),
    api_permissions: { tests: { who: { ip: '127.0.0.1/8' }, what: ['*'] } },
    modules: {
      ...modules,
      ...(options.rooms === true ? ROOMS : {}),
      ...(options.archive === true ? { mod_mam: { default: 'always' } } : {}),
      ...(options.tokens === true ? { mod_auth_fast: {} } : {}),
      ...(options.captcha === undefined
        ? {}
        : { mod_register: { captcha_protected: true, ip_access: 'all' } }),
      ...(options.upgrades === true ? { mod_scram_upgrade: {} } : {}),
      mod_pubsub: { plugins: ['flat', 'pep'] },
      mod_roster: { versioning: true },
      mod_stream_mgmt: { resume_timeout: resumeSeconds, resend_on_timeout: 'if_offline' },
    },
  })
}

function hostConfig({ keptAs, withoutMechanisms = [] }: EjabberdHost): object {
  const kept = keptAs === 'plain' ? {} : { auth_password_format: 'scram', auth_scram_hash: keptAs }
  return { ...kept, disable_sasl_mechanisms: [...OUTDATED, ...withoutMechanisms] }
}
