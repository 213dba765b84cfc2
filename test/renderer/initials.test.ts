import { expect, test } from 'vitest'
import { initialsOf } from '../../src-renderer/components/presence/initials.ts'

test.each([
  ['Juliet Capulet', 'JC'],
  ['romeo', 'R'],
  ['  Friar   Laurence  of Verona ', 'FV'],
  ['nurse@capulet.example', 'N'],
  ['friar.laurence@cell.example', 'FL'],
  ['杜甫', '杜'],
  ['读书会 2026', '读'],
  ['ليلى العامرية', 'ل'],
  ['김철수', '김'],
  ['😺 Cat', '😺'],
  ['👩‍👩‍👧 family', '👩‍👩‍👧'],
  ['🇩🇪', '🇩🇪'],
  ['Émile Zola', 'ÉZ'],
  ['e\u0301mile', 'E\u0301'],
  ['ßtraße', 'SS'],
  ['42', '4'],
  ['"Quoted" (Name)', 'QN'],
  ['\u202e\u200bAdmin', 'A'],
  ['A\u202e\u0007B', 'A'],
  ['', '?'],
  ['…', '?'],
  ['\u200b\u202e', '?'],
  [' @ ', '?'],
])('%j gives %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

test('a name of a million characters does not hold up the list', () => {
  // Work that grew with the square of the length would not end within the runner's limit.
  expect(initialsOf('\u200b'.repeat(1_000_000) + 'x').length).toBeLessThan(5)
})
