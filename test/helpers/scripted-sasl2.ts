/** The server's side of SASL2 (XEP-0388) for a scripted server: features, SCRAM, tokens. It shares no code with Linnet. */
import { createHmac } from 'node:crypto'
import { DOMAIN, SASL, scram, type Client, type SaslProfile, type ScramFaults } from './scripted-server.ts'

const SASL2 = 'urn:xmpp:sasl:2'
const EXPORTER =
  "<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'><channel-binding type='tls-exporter'/></sasl-channel-binding>"

/** With FAST for the mechanisms named, and whatever else stands in `<authentication/>`. */
export function sasl2Features(
  names: readonly string[],
  { fast = [] as readonly string[], extra = '' } = {},
): string {
  const listed = (list: readonly string[]): string =>
    list.map((name) => `<mechanism>${name}</mechanism>`).join('')
  const inline =
    fast.length === 0 ? '' : `<inline><fast xmlns='urn:xmpp:fast:0'>${listed(fast)}</fast></inline>`
  return `<authentication xmlns='${SASL2}'>${listed(names)}${inline}${extra}</authentication>${EXPORTER}`
}

const encode = (data: string | Buffer): string => Buffer.from(data).toString('base64')
export const success = (additional: string | Buffer, inside = ''): string =>
  `<success xmlns='${SASL2}'><additional-data>${encode(additional)}</additional-data>` +
  `<authorization-identifier>romeo@${DOMAIN}</authorization-identifier>${inside}</success>`
export const failure = (condition = 'not-authorized'): string =>
  `<failure xmlns='${SASL2}'><${condition} xmlns='${SASL}'/></failure>`

const PROFILE: SaslProfile = {
  begin: /<authenticate [^>]*>.*?<initial-response>([^<]+)<\/initial-response>.*?<\/authenticate>/,
  response: /<response [^>]*>([^<]*)<\/response>/,
  challenge: (data) => `<challenge xmlns='${SASL2}'>${encode(data)}</challenge>`,
  success: (data) => success(data),
  failure: failure(),
}

/** `inside`: goes into `<success/>`. */
export function scram2(client: Client, inside = '', faults: Partial<ScramFaults> = {}): Promise<string> {
  return scram(client, faults, { ...PROFILE, success: (data) => success(data, inside) })
}

/** The same, with `<continue/>` for this task in place of `<success/>`; the server's proof is in it. */
export function scramThenTask(client: Client, task: string): Promise<string> {
  const asked = (data: string): string =>
    `<continue xmlns='${SASL2}'><additional-data>${encode(data)}</additional-data>` +
    `<tasks><task>${task}</task></tasks></continue>`
  return scram(client, {}, { ...PROFILE, success: asked })
}

/** Whether the client has this token (HT-SHA-256-EXPR), and the answer to it. */
export async function checkToken(
  client: Client,
  token: string,
): Promise<{ isRight: boolean; responder: Buffer; request: string }> {
  const match = await client.expect(PROFILE.begin)
  const [name = '', proof = ''] = Buffer.from(match[1] ?? '', 'base64')
    .toString('latin1')
    .split(/\0(.*)/s)
  const mac = (who: string): Buffer =>
    createHmac('sha256', token).update(who).update(client.exporter()).digest()
  const isRight = name === 'romeo' && proof === mac('Initiator').toString('latin1')
  return { isRight, responder: mac('Responder'), request: match[0] }
}

/** Binding (RFC 6120 §7) on the features that follow SASL2's success. */
export async function bindAfter(client: Client): Promise<void> {
  client.send("<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>")
  const id = (await client.expect(/<iq[^>]* id=['"]([^'"]+)['"][\s\S]*?<\/iq>/))[1] ?? ''
  client.send(
    `<iq type='result' id='${id}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>romeo@${DOMAIN}/x</jid></bind></iq>`,
  )
}
