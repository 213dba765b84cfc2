/** One XML document in each direction (RFC 6120 §4): the header opens it, the footer closes it. Written by the library. */
import ConnectionTCP from '@xmpp/tcp/lib/Connection.js'
import { StrictParser } from './strict-parser.ts'
import { NS_STREAM, type Framing } from './wire.ts'

export const tcpFraming: Framing = {
  transport: 'tcp',
  headerElement: () => ConnectionTCP.prototype.headerElement(),
  header: (element) => ConnectionTCP.prototype.header(element),
  footer: '</stream:stream>',
  write: (element) => element.toString(),
  createParser: (bounds) => new StrictParser(bounds),
  isHeader: (root) => root.is('stream', NS_STREAM),
}
