/** What starts Linnet with a session, how far a zoom goes, which languages are spelt, and what a misspelt word offers. */
import { describe, expect, test } from 'vitest'
import { autostartEntry, isEnabledEntry } from '../../src-main/shell/autostart-entry.ts'
import { parseCommandLine } from '../../src-main/shell/command-line.ts'
import { buildTextMenu } from '../../src-main/shell/menu.ts'
import { createTranslator } from '../../src-main/text/text.ts'

const execOf = (...command: string[]): string | undefined => /^Exec=(.*)$/m.exec(autostartEntry(command))?.[1]

describe('the autostart entry', () => {
  test.each([
    [['/opt/Linnet/linnet', '--hidden'], '"/opt/Linnet/linnet" "--hidden"'],
    [['/home/a b/Linnet.AppImage'], '"/home/a b/Linnet.AppImage"'],
    [['/x/$HOME `id` "q"'], '"/x/\\\\$HOME \\\\`id\\\\` \\\\"q\\\\""'],
    [['/x/100%'], '"/x/100%%"'],
    [['/x\nExec=evil'], String.raw`"/x\nExec=evil"`],
  ])('quotes %j', (command, exec) => {
    expect(execOf(...command)).toBe(exec)
  })

  test('counts as off where another program turned it off', () => {
    const entry = autostartEntry(['/opt/linnet'])
    expect(isEnabledEntry(entry)).toBe(true)
    expect(isEnabledEntry(`${entry}Hidden=true\n`)).toBe(false)
    expect(isEnabledEntry(entry.replace('enabled=true', 'enabled=false'))).toBe(false)
  })
})

test('a start with the session shows no window, a link from elsewhere cannot hide one', () => {
  expect(parseCommandLine(['--hidden'])).toEqual({ logStanzas: false, hidden: true })
  expect(parseCommandLine(['--hidden', 'xmpp:a@b.example']).hidden).toBeUndefined()
})

describe('the menu of a misspelt word', () => {
  const replaced: string[] = []
  const actions = {
    replace: (word: string) => replaced.push(word),
    learn: (word: string) => replaced.push(`+${word}`),
  }
  const menu = (suggestions: string[]) =>
    buildTextMenu(
      { isEditable: true, hasSelection: true, misspelt: { word: 'Romoe', suggestions } },
      createTranslator('en'),
      actions,
    )

  test('offers what the speller says, and to learn it', () => {
    const [first, second, learn, line, cut] = menu(['Romeo', 'Rome & Co'])
    expect([first?.label, second?.label, learn?.label]).toEqual(['Romeo', 'Rome && Co', 'Add to dictionary'])
    expect([line?.type, cut?.role]).toEqual(['separator', 'cut'])
    first?.click?.(undefined as never, undefined, undefined as never)
    learn?.click?.(undefined as never, undefined, undefined as never)
    expect(replaced).toEqual(['Romeo', '+Romoe'])
  })

  test('says when there is nothing', () => {
    expect(menu([])[0]).toEqual({ label: 'No suggestion', enabled: false })
  })
})
