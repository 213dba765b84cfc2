/** The part of @xmpp/tcp that the engine uses; the package has no types of its own. */
declare module '@xmpp/tcp/lib/Connection.js' {
  import type Connection from '@xmpp/connection'
  import type { Element } from '@xmpp/xml'

  export default class ConnectionTCP extends Connection {
    override headerElement(): Element
    override socketParameters(service: string): unknown
  }
}
