/** A server that sends but does not read any more: what was sent must not wait for it for ever. */
import { afterAll, expect, test } from 'vitest'
import { xml } from '../../../src-main/protocol/xml.ts'
import { connectOurs } from './fixtures.ts'
import {
  BIND,
  certificatesFor,
  DOMAIN,
  mechanisms,
  scram,
  SM,
  startScripted,
} from '../../helpers/scripted-server.ts'

const certificates = certificatesFor(DOMAIN)
afterAll(() => certificates.dispose())

test('a stream whose acknowledgement requests stay unanswered ends for good, though bytes come', async () => {
  let talking: NodeJS.Timeout | undefined
  const server = await startScripted(
    async (client) => {
      await client.startTls()
      await client.greet(mechanisms('SCRAM-SHA-1'))
      await scram(client)
      await client.bind(BIND + SM)
      await client.expect(/<enable[^>]*>/)
      client.send("<enabled xmlns='urn:xmpp:sm:3' id='session-1' resume='true' max='300'/>")
      await client.expect(/<r [^>]*>/)
      client.send("<a xmlns='urn:xmpp:sm:3' h='1'/>")
      talking = setInterval(
        () => client.send("<message from='juliet@chat.test/y'><body>in</body></message>"),
        20,
      )
      await client.closed
    },
    { certificates },
  )
  const limits = { acknowledge: 300, answer: 200, ackDelay: 10 }
  const stream = await connectOurs(server.port, { ca: certificates.ca, limits })
  const events: string[] = []
  stream.onAck((id) => events.push(`ack ${id}`))
  stream.onInterrupted(({ code }) => events.push(`interrupted ${code}`))
  stream.onClosed(({ code }) => events.push(`closed ${code}`))
  stream.send(xml('message', { id: 'm1' }, xml('body', {}, 'm1')))
  await expect.poll(() => events, { timeout: 2000 }).toEqual(['ack m1'])
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(events).toEqual(['ack m1'])
  stream.send(xml('message', { id: 'm2' }, xml('body', {}, 'm2')))
  await expect.poll(() => events, { timeout: 2000 }).toEqual(['ack m1', 'closed timeout'])
  clearInterval(talking)
  await server.close()
})
