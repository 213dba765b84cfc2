import { describe, expect, test } from 'vitest'
import { buildBind2, parseBind2, parseBound } from '../../src-main/protocol/xep-0386-bind2.ts'
import { canonical } from '../helpers/canonical.ts'
import { parseStanza, xml } from '../helpers/stanza.ts'

const BIND = 'urn:xmpp:bind:0'
const SM = 'urn:xmpp:sm:3'
const CARBONS = 'urn:xmpp:carbons:2'
const authentication = (inline: string) =>
  parseStanza(
    `<authentication xmlns='urn:xmpp:sasl:2'><mechanism>PLAIN</mechanism>${inline}</authentication>`,
  )

describe('what the server offers', () => {
  test.each([
    ['', undefined],
    ['<inline/>', undefined],
    [`<inline><bind xmlns='urn:example:other'/></inline>`, undefined],
    [`<bind xmlns='${BIND}'/>`, undefined],
    [`<inline><bind xmlns='${BIND}'/></inline>`, { streamManagement: false, carbons: false }],
    [
      `<inline><bind xmlns='${BIND}'><inline><feature/></inline></bind></inline>`,
      { streamManagement: false, carbons: false },
    ],
    [
      `<inline><bind xmlns='${BIND}'><inline><feature var='urn:x'/><feature var='${SM}'/></inline></bind></inline>`,
      { streamManagement: true, carbons: false },
    ],
    [
      `<inline><bind xmlns='${BIND}'><inline><feature var='${CARBONS}'/></inline></bind></inline>`,
      { streamManagement: false, carbons: true },
    ],
  ])('%s', (inline, expected) => {
    expect(parseBind2(authentication(inline))).toEqual(expected)
  })
})

test('we bind with a tag that names the program and nothing more', () => {
  expect(canonical(buildBind2({ streamManagement: false, carbons: false }))).toBe(
    canonical(xml`<bind xmlns='${BIND}'><tag>Linnet</tag></bind>`),
  )
  expect(canonical(buildBind2({ streamManagement: true, carbons: true }))).toBe(
    canonical(
      xml`<bind xmlns='${BIND}'><tag>Linnet</tag><enable xmlns='${CARBONS}'/><enable xmlns='${SM}' resume='true' max='600'/></bind>`,
    ),
  )
})

test('what was bound comes in the success', () => {
  const success = (content: string) => parseStanza(`<success xmlns='urn:xmpp:sasl:2'>${content}</success>`)
  expect(parseBound(success(''))).toBeUndefined()
  expect(parseBound(success(`<bound xmlns='${BIND}'/>`))).toEqual({ enabled: undefined })
  const enabled = parseBound(
    success(`<bound xmlns='${BIND}'><enabled xmlns='${SM}' id='x'/></bound>`),
  )?.enabled
  expect(enabled?.attrs['id']).toBe('x')
})
