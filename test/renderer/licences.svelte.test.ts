// @vitest-environment happy-dom
/** The licences of what Linnet is made of: one stop of the Tab key for all of them, and one for what is read. */
import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import LicenceShelf from '../../src-renderer/components/about/LicenceShelf.svelte'
import { renderWithWords } from './render.ts'

const licences = ['alpha', 'beta', 'gamma'].map((name) => ({
  name,
  version: '1.0.0',
  licence: 'MIT',
  text: name === 'gamma' ? '' : `What ${name} allows`,
}))

test('is one stop for Tab however many there are, and another for the text', async () => {
  renderWithWords(LicenceShelf, { licences })
  const user = userEvent.setup()
  const list = screen.getByRole('listbox', { name: 'What Linnet is made of' })
  await user.tab()
  expect(document.activeElement).toBe(list)
  await user.tab()
  expect(document.activeElement).toBe(document.body)

  list.focus()
  await user.keyboard('{ArrowDown}{Enter}')
  const text = screen.getByRole('region', { name: 'Licence of beta' })
  expect(text.textContent).toBe('What beta allows')
  expect(screen.getByRole('status').textContent).toContain('beta')
  await user.tab()
  expect(document.activeElement).toBe(text)
})

test('is walked by writing a name, and says where a package has no text of its own', async () => {
  renderWithWords(LicenceShelf, { licences })
  const user = userEvent.setup()
  screen.getByRole('listbox').focus()
  await user.keyboard('ga{Enter}')
  expect(screen.getByRole('region', { name: 'Licence of gamma' }).textContent).toBe(
    'The package has no licence text of its own.',
  )
})
