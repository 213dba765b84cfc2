/** Which nicknames may stand for an address: never one that could be taken for somebody else's name. */
import { expect, test } from 'vitest'
import { nicksToShow, type Nicknamed } from '../../src-main/text/nicknames.ts'

const contact = (localPart: string, nick = '', name = ''): Nicknamed => ({
  ...{ jid: `${localPart}@x.example`, localPart, nick, name },
})
const shown = (...contacts: readonly Nicknamed[]) => [...nicksToShow(contacts)]

test('a contact’s own nickname, where the user gave no name', () => {
  expect(shown(contact('a', 'Ishmael'), contact('b', 'Bea', 'My Bea'), contact('c'))).toEqual([
    ['a@x.example', 'Ishmael'],
  ])
})

test('spaces are no name that the user gave', () => {
  expect(shown(contact('a', 'Ishmael', '  '))).toHaveLength(1)
})

test('the same contact in two accounts is one person', () => {
  expect(shown(contact('a', 'Ishmael'), contact('a', 'Ishmael'))).toEqual([['a@x.example', 'Ishmael']])
})

test.each([
  ['nothing', ''],
  ['an address', 'boss@x.example'],
  ['what hides characters', 'Ish\u202emael'],
  ['what breaks the line', 'Ish\nmael'],
  ['alphabets that are mixed', 'Ishm\u0430el'],
  ['what is too long', 'x'.repeat(65)],
])('%s never stands for an address', (_, nick) => {
  expect(shown(contact('a', nick))).toEqual([])
})

test.each([
  ['a name that the user gave', contact('z', '', 'Mum')],
  ['the local part of another', contact('mum')],
  ['the nickname of another', contact('z', 'Mum')],
])('%s is not taken over', (_, other) => {
  for (const nick of ['Mum', 'MUM', 'M\u00fcm', 'M u m']) {
    expect(shown(contact('a', nick), other).map(([jid]) => jid)).not.toContain('a@x.example')
  }
})

test.each([
  ['Capa', 'Сара'],
  ['Ian', 'lan'],
  ['Bo', 'B0'],
])('%s is not imitated by %s', (name, nick) => {
  expect(shown(contact('a', nick), contact('z', '', name))).toEqual([])
})

test('honest names in any writing stand', () => {
  const nicks = ['Сара', '李四', 'محمد', 'José', 'O’Neil', 'Ana 🐧']
  expect(shown(...nicks.map((nick, index) => contact(`c${index}`, nick))).map(([, nick]) => nick)).toEqual(
    nicks,
  )
})
