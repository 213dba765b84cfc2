// @vitest-environment happy-dom
/** The lists of who belongs to a room: found by typing. Rows need a real window to be drawn; how many they are is told. */
import { within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { Affiliated } from '../../../src-main/model/ownership.ts'
import type { Affiliation } from '../../../src-main/model/room.ts'
import type { FakeBridge } from '../fake-bridge.ts'
import { jid } from '../make.ts'
import { createRoomBridge, openRoomDetails } from './room-bridge.ts'

const user = userEvent.setup()

const listed = (address: string, affiliation: Affiliation, more: Partial<Affiliated> = {}): Affiliated => ({
  ...{ jid: jid(address), affiliation, reason: '' },
  ...more,
})
const MEMBERS = [
  listed('josé@capulet.example', 'member'),
  listed('nurse@capulet.example', 'member', { nick: 'Angélique' }),
  ...Array.from({ length: 10 }, (_, index) => listed(`servant${index}@capulet.example`, 'member')),
]
const OUTCASTS = [listed('tybalt@capulet.example', 'outcast', { reason: 'Drew his sword' })]

beforeEach(() => localStorage.clear())

async function openMembers(): Promise<{ readonly bridge: FakeBridge; readonly dialog: HTMLElement }> {
  const bridge = createRoomBridge(
    { affiliation: 'owner', role: 'moderator' },
    {
      'contact.read': () => ({ note: '' }),
      'room.affiliations': ({ affiliation }) => ({ entries: affiliation === 'outcast' ? OUTCASTS : MEMBERS }),
    },
  )
  const dialog = await openRoomDetails(bridge)
  await user.click(within(dialog).getByRole('tab', { name: 'Lists' }))
  await within(dialog).findByText('12 people found')
  return { bridge, dialog }
}

const search = (dialog: HTMLElement) => within(dialog).getByRole('searchbox')

test.each([
  ['JOSE', 'an address, whatever its case and accents'],
  ['angel', 'a nick'],
  ['servant7', 'a part of an address'],
])('%s finds %s', async (typed) => {
  const { bridge, dialog } = await openMembers()
  await user.type(search(dialog), typed)
  await within(dialog).findByText('1 person found')
  // What is here is looked through: the room is not asked again.
  expect(bridge.inputsOf('room.affiliations')).toHaveLength(1)
})

test('what nobody is called finds nobody, and says so; cleared, all are back', async () => {
  const { dialog } = await openMembers()
  await user.type(search(dialog), 'montague')
  await within(dialog).findByText('Nobody found', { selector: '.empty' })
  await user.clear(search(dialog))
  await within(dialog).findByText('12 people found')
})

test('a search goes on in another list, by the reasons too, and stays in sight however short that is', async () => {
  const { dialog } = await openMembers()
  await user.type(search(dialog), 'sword')
  await within(dialog).findByText('Nobody found', { selector: '.empty' })
  const list = within(dialog).getByLabelText<HTMLSelectElement>('List')
  // Svelte looks for the option that is :checked, which happy-dom knows of no option.
  Object.assign(list, { querySelector: () => list.selectedOptions[0] })
  await user.selectOptions(list, 'outcast')
  await within(dialog).findByText('1 person found')
  expect((search(dialog) as HTMLInputElement).value).toBe('sword')
})
