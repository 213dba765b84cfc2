/** Damaged stanzas and nonzas on a live stream, over TLS: it goes on or ends for a reason, and never falls silent. */
import fc from 'fast-check'
import { afterAll, afterEach, expect, test } from 'vitest'
import { cleanText } from '../../../src-main/protocol/transport/clean-xml.ts'
import { xml } from '../../../src-main/protocol/xml.ts'
import { nonza, stanza } from '../../fuzz/grammar.ts'
import { damage, mutation } from '../../fuzz/mutations.ts'
import { toText, type Tree } from '../../fuzz/tree.ts'
import { connectOurs } from './fixtures.ts'
import { BIND, certificatesFor, DOMAIN, mechanisms, scram, SM, startScripted, type ScriptedServer } from '../../helpers/scripted-server.ts' // prettier-ignore

const certificates = certificatesFor(DOMAIN)
const servers: ScriptedServer[] = []
afterAll(() => certificates.dispose())
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

const STANZAS = 60
const HONEST = `<message from='juliet@capulet.example/x'><body>still here</body></message> `
const REASONS = ['protocol', 'network', 'policy', 'conflict', 'server-shutdown', 'no-such-server', 'timeout']

/** `share`: how many of ten are nonzas, which may end a stream, as a count too high must. */
async function outcomeOf(
  seed: number,
  share: number,
): Promise<{ alive: boolean; ended: string | undefined }> {
  const one = fc.oneof({ weight: 10 - share, arbitrary: stanza }, { weight: share, arbitrary: nonza })
  const damaged = fc
    .tuple(one, fc.array(mutation(stanza), { maxLength: 2 }))
    .map(([root, hits]) => damage(root, hits))
    .filter((root) => share > 0 || isClients(root))
  const sent = fc.sample(damaged, { seed, numRuns: STANZAS }).map((root) => cleanText(toText(root)))
  const server = await startScripted(
    async (client, connection) => {
      if (connection > 1) return client.destroy()
      await client.startTls()
      await client.greet(mechanisms('SCRAM-SHA-1'))
      await scram(client)
      await client.bind(BIND + SM)
      await client.expect(/<enable[^>]*>/)
      client.send("<enabled xmlns='urn:xmpp:sm:3'/>")
      await client.expect(/<presence/)
      for (const text of sent) client.send(text)
      client.send(HONEST)
    },
    { certificates },
  )
  servers.push(server)
  const stream = await connectOurs(server.port, { ca: certificates.ca })
  const outcome = { alive: false, ended: undefined as string | undefined }
  const names = new Set<string>()
  stream.onStanza((element) => {
    names.add(element.getName())
    if (element.getChildText('body') === 'still here') outcome.alive = true
  })
  stream.onClosed(({ code }) => (outcome.ended = code))
  stream.send(xml('presence'))
  await expect.poll(() => outcome.alive || outcome.ended !== undefined, { timeout: 20_000 }).toBe(true)
  expect([...names].filter((name) => !['message', 'presence', 'iq'].includes(name))).toEqual([])
  const { alive, ended } = outcome
  await stream.close()
  return { alive, ended }
}

/** Others may end the stream: those between servers must. */
function isClients({ name, attrs }: Tree): boolean {
  return ['message', 'presence', 'iq'].includes(name) && attrs['xmlns'] !== 'jabber:server'
}

test.each([1, 2, 3])('of stanzas alone it takes all (seed %i)', { timeout: 60_000 }, async (seed) => {
  expect(await outcomeOf(seed, 0)).toEqual({ alive: true, ended: undefined })
})

test.each([1, 2, 3, 4, 5])(
  'with nonzas between it goes on, or ends for a reason (seed %i)',
  { timeout: 60_000 },
  async (seed) => {
    // prettier-ignore
    const { alive, ended } = await outcomeOf(seed, 3)
    expect(alive || REASONS.includes(String(ended))).toBe(true)
  },
)
