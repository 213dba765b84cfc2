// @vitest-environment happy-dom
/** Keys that the user changes: read, refused, taken over, reset; and what they then do. */
import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_PREFERENCES, type Preferences } from '../../src-main/model/preferences.ts'
import { chordOf, chordText, isUsable, type Keys } from '../../src-renderer/stores/shortcuts/chords.ts'
import { ACTION_NAMES, actionsWith, conflictOf, withKeys } from '../../src-renderer/stores/shortcuts/table.ts'
import { createFakeBridge, type FakeBridge } from './fake-bridge.ts'
import { makeAccount } from './make.ts'
import { renderApp } from './render-app.ts'

const user = userEvent.setup()

function keys(key: string, part: Partial<Keys> = {}): Keys {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, ...part }
}

describe('chords', () => {
  test.each([
    [keys('f', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+F'],
    [keys('F', { ctrlKey: true }), 'Ctrl+F'],
    [keys('/', { ctrlKey: true, shiftKey: true }), 'Ctrl+/'],
    [keys(' ', { altKey: true }), 'Alt+Space'],
    [keys('+', { ctrlKey: true }), 'Ctrl++'],
    [keys('F6', { shiftKey: true }), 'Shift+F6'],
    [keys('Control', { ctrlKey: true }), undefined],
    [keys('@', { ctrlKey: true, altKey: true }), undefined],
    [keys('k', { metaKey: true }), undefined],
    [keys('k', { isComposing: true }), undefined],
    [keys('Process', {}), undefined],
  ])('%o is %s', (event, chord) => {
    expect(chordOf(event, 'linux')).toBe(chord)
  })

  test('on macOS the command key is meant, and Control is another', () => {
    expect(chordOf(keys('k', { metaKey: true }), 'darwin')).toBe('Ctrl+K')
    expect(chordOf(keys('k', { ctrlKey: true }), 'darwin')).toBeUndefined()
    expect(chordText('Ctrl+Shift+K', 'darwin')).toBe('⌘ ⇧ K')
    expect(chordText('Ctrl++', 'linux')).toBe('Ctrl +')
    expect(chordText('Alt+ArrowUp', 'linux')).toBe('Alt ↑')
  })

  test.each(['A', 'Shift+A', 'Enter', 'ArrowUp', 'Space', 'Home'])('%s alone writes or moves', (chord) => {
    expect(isUsable(chord)).toBe(false)
  })
})

describe('the table', () => {
  test('begins without a conflict: nothing is reserved, unusable or there twice', () => {
    const wrong = actionsWith({}).flatMap(({ name, keys: all }) =>
      all.flatMap((chord) => (conflictOf(chord, name, {}) === undefined ? [] : [`${name}: ${chord}`])),
    )
    expect(wrong).toEqual([])
  })

  test('a change back to what it was is none', () => {
    expect(withKeys({}, 'add', ['Ctrl+J'])).toEqual({ add: ['Ctrl+J'] })
    expect(withKeys({ add: ['Ctrl+J'] }, 'add', ['Ctrl+N'])).toEqual({})
    expect(withKeys({ gone: ['Ctrl+J'] }, 'add', [])).toEqual({ gone: ['Ctrl+J'], add: [] })
  })
})

describe('in the window', () => {
  let bridge: FakeBridge
  let preferences: Preferences

  beforeEach(async () => {
    preferences = DEFAULT_PREFERENCES
    bridge = createFakeBridge(
      { accounts: [makeAccount()] },
      {
        'preferences.set': (change: unknown) => {
          preferences = { ...preferences, ...(change as Partial<Preferences>) }
          bridge.push('preferences.changed', { preferences })
          return preferences
        },
      },
    )
    const linnet = renderApp(bridge)
    await screen.findByRole('heading', { name: 'Chats' })
    linnet.navigation.dialog = { kind: 'settings', page: 'shortcuts' }
    await screen.findByRole('list', { name: 'Actions and their keys' })
  })

  const button = (action: string) => screen.getByRole('button', { name: new RegExp(`^Keys of “${action}”`) })

  test('every action has a row', () => {
    const rows = within(screen.getByRole('list', { name: 'Actions and their keys' })).getAllByRole('listitem')
    expect(rows.length).toBe(ACTION_NAMES.length)
  })

  test('new keys work at once, the old ones no longer', async () => {
    await user.click(button('Add a contact'))
    await user.keyboard('{Control>}j{/Control}')
    expect(preferences.shortcuts).toEqual({ add: ['Ctrl+J'] })
    await user.click(screen.getByRole('button', { name: 'Close' }))
    await user.keyboard('{Control>}n{/Control}')
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.keyboard('{Control>}j{/Control}')
    expect(screen.getByRole('dialog', { name: 'Add a contact' })).toBeDefined()
  })

  test('keys that another action has are told, and may be taken over', async () => {
    await user.click(button('Add a contact'))
    await user.keyboard('{Control>}k{/Control}')
    expect(screen.getByText('Ctrl K is “Jump to a chat or contact” now.')).toBeDefined()
    expect(preferences.shortcuts).toEqual({})
    await user.click(screen.getByRole('button', { name: 'Take it from there' }))
    expect(preferences.shortcuts).toEqual({ switcher: [], add: ['Ctrl+K'] })
    await user.click(screen.getByRole('button', { name: 'Reset all' }))
    expect(preferences.shortcuts).toEqual({})
  })

  test('keys that write or belong to the system are refused, Esc leaves, Backspace takes away', async () => {
    await user.click(button('Add a contact'))
    await user.keyboard('a')
    expect(screen.getByText(/A writes or moves in text/)).toBeDefined()
    await user.click(button('Add a contact'))
    await user.keyboard('{Control>}c{/Control}')
    expect(screen.getByText('Ctrl C is always for something else.')).toBeDefined()
    await user.click(button('Add a contact'))
    await user.keyboard('{Escape}')
    expect(screen.getByRole('dialog', { name: 'Settings' })).toBeDefined()
    expect(preferences.shortcuts).toEqual({})
    await user.click(button('Add a contact'))
    await user.keyboard('{Backspace}')
    expect(preferences.shortcuts).toEqual({ add: [] })
    await user.click(screen.getByRole('button', { name: 'Reset the keys of “Add a contact”' }))
    expect(preferences.shortcuts).toEqual({})
  })
})
