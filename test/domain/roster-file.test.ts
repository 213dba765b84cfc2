/** Roster files: Linnet's own, other clients', and files that are no roster or want to do harm. */
import { describe, expect, test } from 'vitest'
import type { Contact } from '../../src-main/model/contact.ts'
import { MAX_ITEMS, readRosterFile, writeRosterFile } from '../../src-main/domain/people/roster-file.ts'
import { JULIET, jid } from './stage.ts'

const NURSE = jid('nurse@capulet.example')
const contact = (part: Partial<Contact>): Contact => ({
  accountId: 1,
  jid: JULIET,
  name: '',
  subscription: 'both',
  ask: false,
  approved: false,
  groups: [],
  ...part,
})

let pauses = 0
const pause = (): Promise<void> => {
  pauses += 1
  return Promise.resolve()
}
const read = (text: string) => readRosterFile(text, pause)
const json = (items: unknown, version: unknown = 1) =>
  JSON.stringify({ format: 'linnet-roster', version, items })
const query = (items: string) => `<query xmlns='jabber:iq:roster'>${items}</query>`

test('what is written is read again, sorted by address, without what the server alone decides', async () => {
  const text = writeRosterFile([
    contact({ jid: NURSE, name: '奶妈 <b>' }),
    contact({ name: 'Juliet', groups: ['Verona', '家'] }),
  ])
  expect(JSON.parse(text)).toEqual({
    format: 'linnet-roster',
    version: 1,
    items: [
      { jid: JULIET, name: 'Juliet', groups: ['Verona', '家'] },
      { jid: NURSE, name: '奶妈 <b>', groups: [] },
    ],
  })
  expect(await read(text)).toEqual({
    kind: 'roster',
    items: [
      { jid: JULIET, name: 'Juliet', groups: ['Verona', '家'] },
      { jid: NURSE, name: '奶妈 <b>', groups: [] },
    ],
    unreadable: [],
    unreadableCount: 0,
  })
})

describe('XML of other clients', () => {
  test.each([
    ['alone', (text: string) => text],
    ['with a declaration and a comment', (text: string) => `\ufeff<?xml version='1.0'?><!-- x -->\n${text}`],
    [
      'in an account of XEP-0227',
      (text: string) => `<server-data xmlns='urn:xmpp:pie:0'><u>${text}</u></server-data>`,
    ],
    ['in the answer of a server', (text: string) => `<iq type='result' xmlns='jabber:client'>${text}</iq>`],
  ])('%s', async (_how, wrap) => {
    const items = `<item jid='Juliet@Capulet.example' name='J &amp; co' subscription='both' ask='subscribe'>
        <group>Ver<![CDATA[ona]]></group><group/><group>Verona</group><x xmlns='other'><item jid='no@x.example'/></x></item>
      <item jid='nurse@capulet.example'/>`
    expect(await read(wrap(query(items)))).toMatchObject({
      items: [
        { jid: JULIET, name: 'J & co', groups: ['Verona'] },
        { jid: NURSE, name: '', groups: [] },
      ],
    })
  })
})

test('entries without an address are told by their place; the last of an address counts', async () => {
  const entries = [
    { jid: 'not an address' },
    { jid: JULIET, name: 'old' },
    7,
    { jid: ` ${JULIET}`, name: 'new\n\u0000' },
  ]
  expect(await read(json(entries))).toEqual({
    kind: 'roster',
    items: [{ jid: JULIET, name: 'new', groups: [] }],
    unreadable: [
      { position: 1, text: 'not an address' },
      { position: 3, text: '' },
    ],
    unreadableCount: 2,
  })
})

describe('refused', () => {
  const doctype = `<!DOCTYPE query [<!ENTITY a 'x'>]>${query(`<item jid='juliet@capulet.example'/>`)}`
  test.each([
    ['an empty file', '', 'not-a-roster'],
    ['words', 'BEGIN:VCARD', 'not-a-roster'],
    ['another JSON', '{"contacts":[]}', 'not-a-roster'],
    ['JSON without items', '{"format":"linnet-roster","version":1}', 'not-a-roster'],
    ['a version that is none', json([], 'x'), 'not-a-roster'],
    ['a later version', json([{ jid: JULIET }], 2), 'newer'],
    ['no contacts', json([]), 'empty'],
    ['no contacts in XML', query(''), 'empty'],
    ['JSON that breaks off', '{"format":"linnet-roster"', 'malformed'],
    ['XML that breaks off', `<query xmlns='jabber:iq:roster'><item jid='a@b.example'>`, 'malformed'],
    ['XML of something else', '<html><body>hello</body></html>', 'not-a-roster'],
    ['a document type', doctype, 'malformed'],
    ['an entity of nowhere', query('<item jid="&lol;"/>'), 'malformed'],
    ['a well of elements', '<a>'.repeat(20_000), 'malformed'],
    ['five megabytes', json([{ jid: 'x'.repeat(5_000_000) }]), 'too-large'],
    [
      '100,000 contacts',
      json(Array.from({ length: 100_000 }, (_, n) => ({ jid: `c${n}@x.example` }))),
      'too-many',
    ],
    ['100,000 contacts in XML', query(`<item jid='a@b.example'/>`.repeat(100_000)), 'too-many'],
  ])('%s', async (_what, text, reason) => {
    expect(await read(text)).toEqual({ kind: 'refused', reason })
  })
})

test('10,000 contacts are read with pauses, and markup in them is text', async () => {
  pauses = 0
  const items = Array.from({ length: MAX_ITEMS }, (_, n) => ({ jid: `c${n}@x.example`, name: '<script>' }))
  const file = await read(json(items))
  expect(file.kind === 'roster' && file.items.length).toBe(MAX_ITEMS)
  expect(file.kind === 'roster' && file.items[0]?.name).toBe('<script>')
  expect(pauses).toBeGreaterThan(40)
})

test('of many unreadable entries the first hundred are told, all are counted', async () => {
  const file = await read(json([...Array.from({ length: 500 }, () => ({ jid: '@' })), { jid: JULIET }]))
  expect(file).toMatchObject({ kind: 'roster', unreadableCount: 500, items: [{ jid: JULIET }] })
  expect(file.kind === 'roster' && file.unreadable.length).toBe(100)
})
