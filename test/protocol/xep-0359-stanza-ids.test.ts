import { describe, expect, test } from 'vitest'
import type { Jid } from '../../src-main/model/jid.ts'
import { trustedStanzaId } from '../../src-main/protocol/xep-0359-stanza-ids.ts'

const OWN = 'juliet@capulet.example' as Jid
const MALLORY = 'mallory@evil.example' as Jid

describe('S6: which stanza-id counts', () => {
  test('the one of the archive that is asked for', () => {
    const stanzaIds = [
      { id: 'forged', by: MALLORY },
      { id: 'real', by: OWN },
    ]
    expect(trustedStanzaId({ stanzaIds }, OWN)).toBe('real')
  })

  test('none of another', () => {
    expect(trustedStanzaId({ stanzaIds: [{ id: 'forged', by: MALLORY }] }, OWN)).toBeUndefined()
    const fullJid = 'juliet@capulet.example/balcony' as Jid
    expect(trustedStanzaId({ stanzaIds: [{ id: 'forged', by: fullJid }] }, OWN)).toBeUndefined()
    expect(trustedStanzaId({}, OWN)).toBeUndefined()
  })

  test('none of two in one name: one of them is forged', () => {
    const stanzaIds = [
      { id: 'forged', by: OWN },
      { id: 'real', by: OWN },
    ]
    expect(trustedStanzaId({ stanzaIds }, OWN)).toBeUndefined()
  })
})
