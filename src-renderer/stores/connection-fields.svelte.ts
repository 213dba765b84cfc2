/** Where and how an account connects, as it is typed: for signing in, for a new account, and for changing one. */
import type { Account, ConnectionOptions, ProxyOptions, Security } from '../../src-main/model/account.ts'

export type TransportChoice = NonNullable<ConnectionOptions['transport']>
export type ProxyChoice = 'none' | ProxyOptions['kind']
export type WrongField = 'port' | 'webSocketUrl' | 'proxyHost' | 'proxyPort'

/** Tor's, and what most HTTP proxies listen on. */
const USUAL_PORTS: Readonly<Record<ProxyOptions['kind'], string>> = { socks5: '9050', http: '8080' }

export class ConnectionFields {
  host = $state('')
  port = $state('')
  security = $state<Security>('automatic')
  transport = $state<TransportChoice>('automatic')
  webSocketUrl = $state('')
  resource = $state('')
  proxy = $state<ProxyChoice>('none')
  proxyHost = $state('')
  proxyPort = $state('')
  proxyUsername = $state('')
  /** Never comes back: empty is as before, where there is one. */
  proxyPassword = $state('')

  /** As an account has it now. */
  fill(account: Account): void {
    const { host, port, security, transport, webSocketUrl, resource, proxy } = account
    Object.assign(this, {
      host: host ?? '',
      port: port === undefined ? '' : String(port),
      security,
      resource,
    })
    Object.assign(this, { transport: transport ?? 'automatic', webSocketUrl: webSocketUrl ?? '' })
    this.proxy = proxy?.kind ?? 'none'
    this.proxyHost = proxy?.host ?? ''
    this.proxyPort = proxy === undefined ? '' : String(proxy.port)
    this.proxyUsername = proxy?.username ?? ''
  }

  findWrong(): WrongField[] {
    const wrong: WrongField[] = []
    if (this.transport === 'websocket') {
      if (this.webSocketUrl.trim() !== '' && !isWebSocketUrl(this.webSocketUrl)) wrong.push('webSocketUrl')
    } else if (this.port.trim() !== '' && portOf(this.port) === undefined) wrong.push('port')
    if (this.proxy === 'none') return wrong
    if (!/^[^\s/@]+$/.test(this.proxyHost.trim())) wrong.push('proxyHost')
    if (portOf(this.#proxyPortOrUsual()) === undefined) wrong.push('proxyPort')
    return wrong
  }

  get usualProxyPort(): string {
    return this.proxy === 'none' ? '' : USUAL_PORTS[this.proxy]
  }

  /** What belongs to the other way is left out, though it stays in its field. */
  connection() {
    if (this.transport === 'websocket') {
      const url = this.webSocketUrl.trim()
      const given = isWebSocketUrl(url) ? { webSocketUrl: url } : {}
      return { security: this.security, transport: this.transport, ...given, ...this.#proxied() }
    }
    const host = this.host.trim()
    const port = portOf(this.port)
    return {
      security: this.security,
      ...(this.transport !== 'automatic' && { transport: this.transport }),
      ...(host !== '' && { host }),
      ...(port !== undefined && { port }),
      ...this.#proxied(),
    }
  }

  #proxied() {
    const port = portOf(this.#proxyPortOrUsual())
    if (this.proxy === 'none' || port === undefined || this.proxyHost.trim() === '') return {}
    const username = this.proxyUsername
    const proxy = { kind: this.proxy, host: this.proxyHost.trim(), port }
    if (username === '') return { proxy }
    const password = this.proxyPassword === '' ? {} : { proxyPassword: this.proxyPassword }
    return { proxy: { ...proxy, username }, ...password }
  }

  #proxyPortOrUsual(): string {
    return this.proxyPort.trim() === '' ? this.usualProxyPort : this.proxyPort
  }
}

function portOf(text: string): number | undefined {
  const number = text.trim() === '' ? 0 : Number(text.trim())
  return Number.isInteger(number) && number >= 1 && number <= 65_535 ? number : undefined
}

/** For the word at the field; the main process checks it whole (model/websocket-url.ts). */
function isWebSocketUrl(text: string): boolean {
  return /^wss:\/\/[^\s/?#@]+([/?][^\s#]*)?$/i.test(text.trim()) && URL.canParse(text.trim())
}
