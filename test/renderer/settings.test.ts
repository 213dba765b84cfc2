// @vitest-environment happy-dom
/** The frame of the settings: its pages, and the search that leads to each of them. */
import { screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, test } from 'vitest'
import { findSettings, pageOf, SETTING_IDS } from '../../src-renderer/stores/settings-search.ts'
import type { Linnet } from '../../src-renderer/stores/linnet.svelte.ts'
import { createFakeBridge } from './fake-bridge.ts'
import { makeAccount } from './make.ts'
import { renderApp } from './render-app.ts'

const user = userEvent.setup()

describe('finding', () => {
  const ids = (query: string): string[] => findSettings(query).map(({ id }) => id)

  test.each([
    ['dark', 'theme'],
    ['THEME light', 'theme'],
    ['深色', 'theme'],
    ['语言', 'language'],
    ['typing', 'tellTyping'],
    ['hotkeys', 'shortcuts'],
    ['屏蔽', 'blockList'],
  ])('%s leads to %s', (query, id) => {
    expect(ids(query)[0]).toBe(id)
  })

  test('by every word, nothing by none, the page counts too', () => {
    expect(ids('dark typing')).toEqual([])
    expect(ids('  ')).toEqual([])
    expect(ids('privacy')).toContain('tellTime')
  })
})

describe('the dialog', () => {
  let linnet: Linnet

  beforeEach(async () => {
    const bridge = createFakeBridge(
      { accounts: [makeAccount()] },
      {
        'archive.preferences': () => ({ keep: 'always', always: [], never: [] }),
        'update.get': () => ({ kind: 'none' }),
        'startup.get': () => ({ enabled: false }),
        'spelling.languages': () => ({ available: ['en-GB'], fetched: true, usual: ['en-GB'] }),
      },
    )
    linnet = renderApp(bridge)
    await screen.findByRole('heading', { name: 'Chats' })
  })

  test.each(SETTING_IDS)('%s is on its page and can be led to', async (id) => {
    linnet.navigation.dialog = { kind: 'settings', setting: id }
    await waitFor(() => expect(document.querySelector(`[data-setting=${id}][data-found]`)).not.toBeNull())
    const page = document.querySelector('[role=tab][aria-selected=true]')?.id ?? ''
    expect(page.endsWith(`-${pageOf(id)}`)).toBe(true)
  })

  test('arrows go from page to page, and a search to its setting', async () => {
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Settings' }))
    dialog.getByRole('tab', { name: 'General' }).focus()
    await user.keyboard('{ArrowUp}')
    expect(document.activeElement?.textContent).toBe('Advanced')
    await user.keyboard('{Home}{ArrowDown}')
    expect(dialog.getByRole('tabpanel', { name: 'Accounts' })).toBeDefined()

    await user.type(dialog.getByRole('searchbox'), 'theme')
    expect(dialog.getByRole('status').textContent).toBe('1 setting found')
    await user.keyboard('{Enter}')
    expect(dialog.getByRole('tab', { name: 'Appearance' }).getAttribute('aria-selected')).toBe('true')
    expect(document.activeElement).toBe(dialog.getByLabelText('Theme'))

    await user.type(dialog.getByRole('searchbox'), 'zzz')
    expect(dialog.getByText('No setting has these words.')).toBeDefined()
  })
})
