import { expect, test } from 'vitest'
import { shouldHide, type ClosingWindow } from '../../src-main/shell/windows/close-policy.ts'

const main: ClosingWindow = {
  kind: 'main',
  quitting: false,
  platform: 'linux',
  closeToTray: true,
  trayAvailable: true,
}

test.each<[string, Partial<ClosingWindow>, boolean]>([
  ['the main window goes to the tray', {}, true],
  ['not when the user wants it closed', { closeToTray: false }, false],
  ['not where no tray would show it again', { trayAvailable: false }, false],
  ['not on the way out', { quitting: true }, false],
  ['a conversation window closes', { kind: 'conversation' }, false],
  ['an XML console closes', { kind: 'console' }, false],
  [
    'on macOS the dock brings it back, tray or not',
    { platform: 'darwin', closeToTray: false, trayAvailable: false },
    true,
  ],
  ['quitting on macOS', { platform: 'darwin', quitting: true }, false],
])('%s', (_name, change, hides) => {
  expect(shouldHide({ ...main, ...change })).toBe(hides)
})
