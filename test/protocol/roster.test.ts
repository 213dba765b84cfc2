import { beforeEach, describe, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import { StanzaError } from '../../src-main/protocol/errors.ts'
import { createIq, type Iq } from '../../src-main/protocol/iq.ts'
import { fetchRoster, removeRosterItem, setRosterItem } from '../../src-main/protocol/roster.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import { canonical } from '../helpers/canonical.ts'
import { createFakeStream, type FakeStream } from '../helpers/fake-stream.ts'
import { parseStanza } from '../helpers/stanza.ts'

const NURSE = 'nurse@example.com' as BareJid
let stream: FakeStream
let iq: Iq

beforeEach(() => {
  stream = createFakeStream({ jid: 'juliet@capulet.example/balcony' })
  iq = createIq({ stream })
  stream.onStanza((stanza) => void iq.receive(stanza))
})

/** What was sent, with a fixed id in place of the random one; and how the server answers it. */
function sentRequest() {
  const [sent] = stream.sent() as [Element]
  const id = String(sent.attrs['id'])
  sent.attrs['id'] = 'id'
  const answer = (payload: string): void =>
    stream.receive(`<iq type='result' id='${id}' from='juliet@capulet.example'>${payload}</iq>`)
  const refuse = (condition: string): void =>
    stream.receive(`<iq type='error' id='${id}'><error type='cancel'>
      <${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`)
  return { text: canonical(sent), answer, refuse }
}

const asked = (query: string): string => canonical(parseStanza(`<iq type='get' id='id'>${query}</iq>`))
const changed = (item: string): string =>
  canonical(parseStanza(`<iq type='set' id='id'><query xmlns='jabber:iq:roster'>${item}</query></iq>`))

describe('fetchRoster', () => {
  test('asks without a version where none is kept', () => {
    void fetchRoster(iq, undefined)
    expect(sentRequest().text).toBe(asked(`<query xmlns='jabber:iq:roster'/>`))
  })

  test.each(['', 'ver11'])('asks with version "%s"', (version) => {
    void fetchRoster(iq, version)
    expect(sentRequest().text).toBe(asked(`<query xmlns='jabber:iq:roster' ver='${version}'/>`))
  })

  test('reads the items; what can’t be one is left out', async () => {
    const roster = fetchRoster(iq, '')
    sentRequest().answer(`<query xmlns='jabber:iq:roster' ver='ver12'>
      <item jid='NURSE@example.com' name='twice' subscription='none'/>
      <item jid='nurse@example.com' name='Nurse' subscription='both'><group>Servants</group></item>
      <item jid='@@' name='no address'/>
      <item name='none at all'/>
      <item jid='gone@example.com' subscription='remove'/>
      <item xmlns='urn:example:x' jid='foreign@example.com'/>
      <item jid='romeo@montague.example' ask='subscribe'/></query>`)
    expect(await roster).toEqual({
      version: 'ver12',
      items: [
        {
          jid: NURSE,
          name: 'Nurse',
          subscription: 'both',
          ask: false,
          approved: false,
          groups: ['Servants'],
        },
        {
          jid: 'romeo@montague.example',
          name: '',
          subscription: 'none',
          ask: true,
          approved: false,
          groups: [],
        },
      ],
    })
  })

  test('RFC 6121 §2.6.3: an empty result means that the version asked with still holds', async () => {
    const roster = fetchRoster(iq, 'ver11')
    sentRequest().answer('')
    expect(await roster).toBe('unchanged')
  })

  test.each([undefined, ''])('an empty result to version "%s" is an empty roster', async (version) => {
    const roster = fetchRoster(iq, version)
    sentRequest().answer('')
    expect(await roster).toEqual({ items: [] })
  })

  test('a refusal rejects', async () => {
    const roster = fetchRoster(iq, undefined)
    sentRequest().refuse('internal-server-error')
    await expect(roster).rejects.toBeInstanceOf(StanzaError)
  })
})

describe('changes', () => {
  test('an item is set with name and groups', async () => {
    const done = setRosterItem(iq, { jid: NURSE, name: 'Nurse & <co>', groups: ['Servants', 'Friends'] })
    const { text, answer } = sentRequest()
    expect(text).toBe(
      changed(`<item jid='nurse@example.com' name='Nurse &amp; &lt;co>'>
        <group>Servants</group><group>Friends</group></item>`),
    )
    answer('')
    await expect(done).resolves.toBeUndefined()
  })

  test('without a name there is no name attribute', () => {
    void setRosterItem(iq, { jid: NURSE, name: '', groups: [] })
    expect(sentRequest().text).toBe(changed(`<item jid='nurse@example.com'/>`))
  })

  test('an item is removed', async () => {
    const done = removeRosterItem(iq, NURSE)
    const { text, refuse } = sentRequest()
    expect(text).toBe(changed(`<item jid='nurse@example.com' subscription='remove'/>`))
    refuse('item-not-found')
    await expect(done).rejects.toMatchObject({ condition: 'item-not-found' })
  })
})
