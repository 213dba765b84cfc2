// @vitest-environment happy-dom
/** What a room's vCard tells, in its details. */
import { screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { VCard } from '../../../src-main/model/people.ts'
import type { Room } from '../../../src-main/model/room.ts'
import { Refusal, type FakeBridge } from '../fake-bridge.ts'
import { GARDEN, makeTraits } from './make.ts'
import { createRoomBridge, openRoomDetails, type Answers } from './room-bridge.ts'

const user = userEvent.setup()
const NOTHING: VCard = {
  ...{ fullName: '', nicknames: [], emails: [], phones: [], organizations: [], titles: [], birthday: '' },
  ...{ urls: [], addresses: [], note: '' },
}
const CARD: VCard = {
  ...NOTHING,
  fullName: 'Garden',
  emails: [{ value: 'nurse@capulet.example' }],
  urls: ['https://garden.example', 'javascript:alert(1)'],
  note: '<b>Roses</b>',
}
const WITH_CARD = makeTraits({ pictures: true })

beforeEach(() => localStorage.clear())

async function openDetails(room: Partial<Room>, answers: Answers): Promise<FakeBridge> {
  const bridge = createRoomBridge(room, { 'contact.read': () => ({ note: '' }), ...answers })
  await openRoomDetails(bridge)
  return bridge
}

const profile = () => screen.findByRole('region', { name: 'From the room’s profile' })

test('is asked of a room that has one, and shown as text; only web and mail addresses can be pressed', async () => {
  const bridge = await openDetails(
    { traits: WITH_CARD },
    { 'contact.fetchCard': () => ({ card: CARD, fetchedAt: 1 }) },
  )
  const shown = within(await profile())
  expect(bridge.inputsOf('contact.fetchCard')).toEqual([{ accountId: 1, jid: GARDEN }])
  expect(shown.getByText('<b>Roses</b>')).toBeDefined()
  // The room's name stands above already.
  expect(shown.queryByText('Full name')).toBeNull()
  expect(shown.queryByRole('button', { name: /javascript/ })).toBeNull()
  await user.click(shown.getByRole('button', { name: 'https://garden.example' }))
  expect(bridge.inputsOf('link.open')).toEqual([{ url: 'https://garden.example' }])
})

test('what the room says of itself already is not said twice; nothing more is no profile', async () => {
  const card = { ...NOTHING, fullName: 'Garden', note: 'Roses' }
  const bridge = await openDetails(
    { traits: makeTraits({ pictures: true, description: 'Roses' }) },
    { 'contact.fetchCard': () => ({ card, fetchedAt: 1 }) },
  )
  await waitFor(() => expect(bridge.inputsOf('contact.fetchCard')).toHaveLength(1))
  await screen.findByText('Roses')
  expect(screen.queryByText('From the room’s profile')).toBeNull()
})

test.each([
  ['a room without one', { traits: makeTraits() }],
  ['a room that we are not in', { traits: WITH_CARD, phase: 'out' }],
] as const)('%s is not asked; what is kept is shown', async (_, room) => {
  const kept = { card: CARD, fetchedAt: 1 }
  const bridge = await openDetails(room, { 'contact.read': () => ({ note: '', card: kept }) })
  await profile()
  expect(bridge.inputsOf('contact.fetchCard')).toEqual([])
})

test('that it could not be had is said', async () => {
  const refuse = () => {
    throw new Refusal({ code: 'request-timeout' })
  }
  await openDetails({ traits: WITH_CARD }, { 'contact.fetchCard': refuse })
  expect(await screen.findByText('The room’s profile could not be loaded.')).toBeDefined()
})
