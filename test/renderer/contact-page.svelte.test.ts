// @vitest-environment happy-dom
/** The contact page: what is asked and when, what is shown of it, and what is kept. */
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import type { VCard } from '../../src-main/model/people.ts'
import { cardFacts } from '../../src-renderer/components/people/card-facts.ts'
import { ContactPageStore } from '../../src-renderer/stores/contact-page.svelte.ts'
import { createClient } from '../../src-renderer/bridge.ts'
import { createFakeBridge, Refusal, type FakeBridge } from './fake-bridge.ts'
import { makeAccount, makeContact, makePresence, ONLINE } from './make.ts'
import { renderApp } from './render-app.ts'

const JULIET = 'juliet@capulet.example'
const WHO = { accountId: 1, jid: JULIET }
const CARD: VCard = {
  fullName: 'Juliet Capulet',
  nicknames: [],
  emails: [{ kind: 'home', value: 'j@capulet.example' }, { value: 'a@b.example?subject=x' }],
  phones: [{ kind: 'mobile', value: '+39 1' }],
  organizations: [],
  titles: [],
  birthday: '1583-07-31',
  urls: ['https://capulet.example', 'javascript:alert(1)', 'https://x y'],
  addresses: [],
  note: '<img src=x>',
}
const online = {
  accounts: [makeAccount()],
  connections: [{ accountId: 1, state: ONLINE }],
}

async function showPage(bridge: FakeBridge, jid = JULIET): Promise<void> {
  const linnet = renderApp(bridge)
  await waitFor(() => expect(linnet.ready).toBe(true))
  linnet.navigation.showPage({ kind: 'contact', accountId: 1, jid })
  await screen.findByRole('heading', { level: 1, name: /juliet|paris/i })
}

describe('the page', () => {
  test('opens with what is kept, and asks devices and server only for who shows their presence', async () => {
    const bridge = createFakeBridge(
      {
        ...online,
        contacts: [makeContact(JULIET, { name: 'Juliet' })],
        presences: [makePresence(JULIET, 'away', 'asleep', 'phone')],
      },
      {
        'contact.read': () => ({ note: 'larks', card: { card: CARD, fetchedAt: Date.now() } }),
        'contact.fetchVersion': () => ({ name: 'Psi', version: '1' }),
        'contact.fetchTime': () => undefined,
        'contact.fetchActivity': () => ({ secondsAgo: 7200, status: '' }),
      },
    )
    await showPage(bridge)
    expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Note' })).value).toBe('larks')
    await screen.findByText('Psi · 1')
    await screen.findByText('last active 2 hours ago')
    expect(bridge.inputsOf('contact.fetchVersion')).toEqual([{ ...WHO, resource: 'phone' }])
    // Fresh enough: nobody is asked for it again.
    expect(bridge.inputsOf('contact.fetchCard')).toEqual([])
  })

  test('of a stranger asks nobody until a button is pressed, and offers neither name nor groups', async () => {
    const bridge = createFakeBridge(
      { ...online, presences: [makePresence('paris@x.example', 'online')] },
      {
        'contact.read': () => ({ note: '' }),
        'contact.fetchCard': () => ({ card: null, fetchedAt: Date.now() }),
      },
    )
    await showPage(bridge, 'paris@x.example')
    const load = await screen.findByRole('button', { name: 'Ask for the profile' })
    expect(bridge.asked.filter(({ name }) => name.startsWith('contact.fetch'))).toEqual([])
    expect(screen.queryByRole('button', { name: 'Change the name' })).toBeNull()
    expect(screen.queryByRole('combobox', { name: 'Groups' })).toBeNull()
    await fireEvent.click(load)
    await screen.findByText(/no profile/)
  })

  test('keeps the note with each key and says when it can’t', async () => {
    let full = false
    const bridge = createFakeBridge(
      { ...online, contacts: [makeContact(JULIET)] },
      {
        'contact.read': () => ({ note: '' }),
        'contact.fetchCard': () => ({ card: null, fetchedAt: 0 }),
        'contact.setNote': () => {
          if (full) throw new Refusal({ code: 'disk-full' })
        },
      },
    )
    await showPage(bridge)
    const note = await screen.findByRole('textbox', { name: 'Note' })
    await waitFor(() => expect(note).toHaveProperty('disabled', false))
    await fireEvent.input(note, { target: { value: 'l' } })
    await fireEvent.input(note, { target: { value: 'la' } })
    expect(bridge.inputsOf('contact.setNote').map((input) => input.note)).toEqual(['l', 'la'])
    full = true
    await fireEvent.input(note, { target: { value: 'lar' } })
    await screen.findByText('The note could not be saved.')
  })

  test('a new name and a left group are one roster change each, with the rest as it was', async () => {
    const bridge = createFakeBridge(
      { ...online, contacts: [makeContact(JULIET, { name: 'Juliet', groups: ['Verona', 'Friends'] })] },
      { 'contact.read': () => ({ note: '', card: { card: null, fetchedAt: Date.now() } }) },
    )
    await showPage(bridge)
    await fireEvent.click(screen.getByRole('button', { name: 'Change the name' }))
    const name = screen.getByRole('textbox', { name: 'Name' })
    await fireEvent.input(name, { target: { value: ' Sun ' } })
    await fireEvent.keyDown(name, { key: 'Enter' })
    const groups = screen.getByRole('region', { name: 'Groups' })
    await fireEvent.click(within(groups).getByRole('button', { name: 'Leave group Verona' }))
    expect(bridge.inputsOf('contact.update')).toEqual([
      { ...WHO, name: 'Sun', groups: ['Verona', 'Friends'] },
      { ...WHO, name: 'Juliet', groups: ['Friends'] },
    ])
  })
})

describe('what devices tell', () => {
  test('is asked once of each device, again when it comes back, and forgotten when it goes', async () => {
    const bridge = createFakeBridge({}, { 'contact.fetchVersion': () => ({ name: 'Psi', version: '' }) })
    const page = new ContactPageStore(createClient(bridge), 1, JULIET)
    page.watch(['a'])
    page.watch(['a'])
    expect(page.devices.get('a')?.version).toBe('asking')
    await waitFor(() => expect(page.devices.get('a')?.version).toMatchObject({ name: 'Psi' }))
    expect(page.devices.get('a')?.time).toBeUndefined()
    page.watch([])
    expect(page.devices.size).toBe(0)
    page.watch(['a'])
    expect(bridge.inputsOf('contact.fetchVersion')).toHaveLength(2)
  })

  test('too late is told of nobody', async () => {
    let tell: (version: { name: string; version: string }) => void = () => undefined
    const late = new Promise<{ name: string; version: string }>((resolve) => (tell = resolve))
    const bridge = createFakeBridge({}, { 'contact.fetchVersion': () => late })
    const page = new ContactPageStore(createClient(bridge), 1, JULIET)
    page.watch(['a'])
    page.watch([])
    tell({ name: 'Psi', version: '' })
    await late
    await Promise.resolve()
    expect(page.devices.size).toBe(0)
  })
})

test('of a vCard only web and mail addresses can be opened', () => {
  const facts = cardFacts(CARD, 'en')
  expect(facts.filter(({ url }) => url !== undefined).map(({ url }) => url)).toEqual([
    'mailto:j@capulet.example',
    'https://capulet.example',
  ])
  expect(facts.find(({ icon }) => icon === 'birthday')?.value).toBe('31 July 1583')
  expect(facts.find(({ icon }) => icon === 'note')?.value).toBe('<img src=x>')
})

test.each(['1583-02-31', '--07-31', 'in summer', '99999-01-01'])(
  'the birthday %s stays as it is',
  (birthday) => {
    const facts = cardFacts({ ...CARD, birthday }, 'en')
    expect(facts.find(({ icon }) => icon === 'birthday')?.value).toBe(birthday)
  },
)
