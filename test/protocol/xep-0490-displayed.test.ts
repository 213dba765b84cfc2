/** XEP-0490: up to where something was displayed, by ids of the archives that may give them. */
import { expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import { parseDisplayed } from '../../src-main/protocol/xep-0490-displayed.ts'
import { parseStanza } from '../helpers/stanza.ts'

const OWN = 'juliet@capulet.example' as BareJid
const ROOM = 'coven@chat.shakespeare.example' as BareJid
const displayed = (by: string, id: string = ROOM) =>
  parseDisplayed(
    {
      id,
      payload: parseStanza(`<displayed xmlns='urn:xmpp:mds:displayed:0'>
        <stanza-id xmlns='urn:xmpp:sid:0' by='${by}' id='s1'/></displayed>`),
    },
    OWN,
  )

test('by our own archive, or of a room by the room', () => {
  expect(displayed(OWN)).toEqual({ chat: ROOM, stanzaId: 's1', by: OWN })
  expect(displayed(ROOM)).toEqual({ chat: ROOM, stanzaId: 's1', by: ROOM })
})

test.each(['other@chat.shakespeare.example', `${ROOM}/nick`, `${OWN}/phone`, 'chat.shakespeare.example', ''])(
  'not by "%s"',
  (by) => {
    expect(displayed(by)).toBeUndefined()
  },
)
