import { expect, test } from 'vitest'
import { argumentsOfRestart, parseCommandLine } from '../../src-main/shell/command-line.ts'

test.each([
  [[], { logStanzas: false }],
  [['/opt/linnet', '--user-data-dir=/x'], { logStanzas: false }],
  [['--provision', 'accounts.json'], { provisionFile: 'accounts.json', logStanzas: false }],
  [['--provision=accounts.json', '--log-stanzas'], { provisionFile: 'accounts.json', logStanzas: true }],
  [['--provision'], { provisionFile: '', logStanzas: false }],
  [['.', 'xmpp:juliet@capulet.example'], { link: 'xmpp:juliet@capulet.example', logStanzas: false }],
])('%j', (argv, expected) => {
  expect(parseCommandLine(argv)).toEqual(expected)
})

test('beside a link no option counts: the link may have brought it', () => {
  const argv = ['XMPP:juliet@capulet.example', '--provision=//evil.example/accounts.json', '--log-stanzas']
  expect(parseCommandLine(argv)).toEqual({ link: 'XMPP:juliet@capulet.example', logStanzas: false })
})

test('a restart shows its window, and does not ask again what a link has asked', () => {
  const argv = ['.', '--hidden', '--user-data-dir=/x', 'xmpp:juliet@capulet.example?roster']
  expect(argumentsOfRestart(argv)).toEqual(['.', '--user-data-dir=/x'])
})
