/** The configuration of a private Prosody: everything in one folder, loopback only, no federation. */
import type { Certificates } from './certificates.ts'

export interface ProsodyPorts {
  readonly port: number
  readonly tlsPort: number
  readonly httpPort: number
  readonly httpsPort: number
}

export interface ProsodyOptions {
  /** Which SCRAM hash the accounts are stored with; Prosody offers that one. */
  readonly passwordHash?: 'SHA-1' | 'SHA-256'
  /** XEP-0198; seconds that a lost session waits to be resumed. 0 leaves stream management out. */
  readonly hibernationSeconds?: number
  /** Modules beyond the usual ones. */
  readonly extraModules?: readonly string[]
  /** Lua, global section. */
  readonly extraConfig?: string
  /** Lua, after the usual hosts: hosts and components of a test. */
  readonly extraHosts?: string
}

const MODULES = [
  'roster', 'saslauth', 'tls', 'disco', 'admin_shell', 'ping', 'time', 'version', 'carbons', 'mam', 'csi_simple',
  'blocklist', 'private', 'pep', 'bookmarks', 'vcard4', 'vcard_legacy', 'offline', 'register_ibr', 'websocket',
] // prettier-ignore

const list = (values: readonly string[]): string => `{ ${values.map((value) => `"${value}"`).join('; ')} }`

export function prosodyConfig(
  folder: string,
  domain: string,
  certificates: Certificates,
  ports: ProsodyPorts,
  options: ProsodyOptions,
): string {
  const {
    passwordHash = 'SHA-1',
    hibernationSeconds = 120,
    extraModules = [],
    extraConfig = '',
    extraHosts = '',
  } = options
  const modules = [...MODULES, ...(hibernationSeconds > 0 ? ['smacks'] : []), ...extraModules]
  const tls = `{ certificate = "${certificates.certFile}"; key = "${certificates.keyFile}"; protocol = "tlsv1_2+" }`
  return `
data_path = "${folder}/data"
pidfile = "${folder}/prosody.pid"
admin_socket = "${folder}/prosody.sock"
certificates = "${folder}"
run_as_root = true
daemonize = false
network_backend = "epoll"
network_settings = { nagle = false }
interfaces = { "127.0.0.1" }
c2s_ports = { ${ports.port} }
c2s_direct_tls_ports = { ${ports.tlsPort} }
http_ports = { ${ports.httpPort} }
http_interfaces = { "127.0.0.1" }
https_ports = { ${ports.httpsPort} }
https_interfaces = { "127.0.0.1" }
http_default_host = "${domain}"
s2s_ports = { }
modules_disabled = { "s2s" }
storage = "internal"
authentication = "internal_hashed"
password_hash = "${passwordHash}"
c2s_require_encryption = true
limits = { }
ssl = ${tls}
https_ssl = ${tls}
c2s_direct_tls_ssl = ${tls}
log = { { levels = { min = "info" }, to = "file", filename = "${folder}/prosody.log" } }
modules_enabled = ${list(modules)}
allow_registration = false
smacks_hibernation_time = ${hibernationSeconds}
default_archive_policy = true
archive_expires_after = "never"
max_archive_query_results = 100
consider_websocket_secure = true
${extraConfig}
VirtualHost "${domain}"
Component "conference.${domain}" "muc"
  modules_enabled = { "muc_mam" }
  restrict_room_creation = false
${extraHosts}
`
}
