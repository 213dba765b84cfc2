/** Contacts, presence and subscriptions in the real application, with a real server and a second client to compare with. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchLinnet, removeProfile, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { chooseTheme, launchSignedIn, untilOnline, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'
const ROMEO = { name: 'romeo', password: PASSWORD }
const PEOPLE = ['juliet', 'nurse', 'paris', 'tybalt', 'benvolio']
const MANY = 5000

let server: Prosody
let linnet: Linnet | undefined
let peers: Peer[] = []

const address = (name: string): string => `${name}@${server.domain}`

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'crowd', ...PEOPLE]) server.addUser(name, PASSWORD)
  server.setRoster(
    'crowd',
    Array.from({ length: MANY }, (_, n) => seeded(n)),
  )
})
afterAll(() => server.dispose())
afterEach(async () => {
  await linnet?.quit()
  if (linnet) removeProfile(linnet.profile)
  for (const peer of peers) peer.close()
  linnet = undefined
  peers = []
})

function seeded(n: number) {
  const number = String(n).padStart(4, '0')
  return { jid: `person${number}@${server.domain}`, name: `Person ${number}`, groups: [`Group ${n % 5}`] }
}

/** Romeo's and Juliet's rosters as they are before each test; nobody else knows him. */
function resetRosters(): void {
  const juliet = { jid: address('juliet'), name: 'Juliet Capulet', groups: ['Verona'] }
  server.setRoster('romeo', [juliet, { jid: address('nurse'), name: 'Nurse', groups: ['Verona'] }])
  server.setRoster('juliet', [{ jid: address('romeo') }])
  server.setRoster('nurse', [{ jid: address('romeo') }])
  for (const name of ['paris', 'tybalt', 'benvolio']) server.setRoster(name, [])
}

async function peer(name: string): Promise<Peer> {
  const connected = await connectPeer(server, name, PASSWORD)
  peers.push(connected)
  return connected
}

async function open(): Promise<Page> {
  // The server keeps rosters in memory while their users are there.
  await server.stop()
  resetRosters()
  await server.start()
  linnet = await launchSignedIn(server, ROMEO)
  await showContacts(linnet.page)
  return linnet.page
}

async function showContacts(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Contacts', exact: true }).click()
  await page.getByRole('heading', { name: 'Contacts' }).waitFor()
}

const row = (page: Page, name: string) => page.getByRole('row', { name })

function presenceTo(peer: Peer, type: string) {
  return peer.waitFor((stanza) => stanza.is('presence') && stanza.attrs['type'] === type)
}

describe('presence', () => {
  test('of a contact: in words and shapes, with the status; offline when gone', async () => {
    const page = await open()
    const juliet = await peer('juliet')
    const words = { chat: 'Free for chat', away: 'Away', xa: 'Away for long', dnd: 'Do not disturb' }
    await row(page, 'Juliet Capulet').getByText('Online').waitFor()
    const shapes = new Set<string>()
    for (const [show, name] of Object.entries(words)) {
      juliet.show(show, `I am ${show}`)
      await row(page, 'Juliet Capulet').getByText(`I am ${show}`).waitFor()
      shapes.add(await row(page, 'Juliet Capulet').getByRole('img', { name, exact: true }).innerHTML())
    }
    expect(shapes.size).toBe(4)
    juliet.close()
    await row(page, 'Juliet Capulet').getByText('Offline').waitFor()
  })

  test('the user’s own, from the window, with words; the other side sees it', async () => {
    const page = await open()
    const juliet = await peer('juliet')
    await page.getByRole('button', { name: 'Your presence: Online' }).click()
    await page.getByRole('menuitemradio', { name: 'Do not disturb' }).click()
    await juliet.waitFor((stanza) => stanza.is('presence') && stanza.getChildText('show') === 'dnd')
    await page.getByRole('button', { name: 'Your presence: Do not disturb' }).click()
    await page.getByRole('menuitem', { name: 'Set status text…' }).click()
    await page.getByLabel('Status text').fill('in Mantua 🌿')
    await page.keyboard.press('Enter')
    await juliet.waitFor((stanza) => stanza.getChildText('status') === 'in Mantua 🌿')
    await page.getByRole('button', { name: 'Your presence: Do not disturb' }).click()
    await page.getByRole('menuitemradio', { name: 'Offline' }).click()
    await presenceTo(juliet, 'unavailable')
    await page.getByRole('button', { name: 'Go online' }).click()
    await untilOnline(page)
  })
})

describe('contacts', () => {
  test('adding asks for presence and shows that it waits; the answer ends that', async () => {
    const page = await open()
    const paris = await peer('paris')
    await page.keyboard.press('Control+n')
    await page.getByLabel('XMPP address').fill('paris')
    await page.getByRole('dialog').getByRole('button', { name: 'Add contact' }).click()
    await page.getByText('An XMPP address looks like').waitFor()
    await page.getByLabel('XMPP address').fill(address('paris'))
    await page.getByLabel('Name').fill('Count Paris')
    await page.getByLabel('Groups').fill('Suitors')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Add contact' }).click()
    await presenceTo(paris, 'subscribe')
    await row(page, 'Count Paris').getByText('Waiting for their answer').waitFor()
    await row(page, 'Suitors').waitFor()
    paris.send(`<presence to='${address('romeo')}' type='subscribed'/>`)
    await row(page, 'Count Paris').getByText('Online').waitFor()
    expect(await row(page, 'Count Paris').getByText('Waiting for their answer').count()).toBe(0)
  })

  test('a new name and group are kept by the server', async () => {
    const page = await open()
    await row(page, 'Nurse').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Contact page' }).click()
    await page.getByRole('button', { name: 'Change the name' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Angelica')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Angelica' }).waitFor()
    await page.getByRole('button', { name: 'Leave group Verona' }).click()
    await page.getByRole('combobox', { name: 'Groups' }).fill('House')
    await page.keyboard.press('Enter')
    // What is typed but not ended counts too, once the field is left.
    await page.getByRole('combobox', { name: 'Groups' }).fill('kept')
    await page.getByRole('textbox', { name: 'Note' }).focus()
    // Under both groups.
    await row(page, 'Angelica').nth(1).waitFor()
    const other = await peer('romeo')
    const answer = other.received.find((stanza) => stanza.getChild('query', 'jabber:iq:roster'))
    const items = answer?.getChild('query')?.getChildren('item') ?? []
    const nurse = items.find((item) => item.attrs['jid'] === address('nurse'))
    expect(nurse?.attrs['name']).toBe('Angelica')
    const groups = nurse?.getChildren('group').map((group) => group.text())
    expect(groups?.sort()).toEqual(['House', 'kept'])
  })

  test('removing asks first, then both sides lose sight of each other', async () => {
    const page = await open()
    const nurse = await peer('nurse')
    await row(page, 'Nurse').getByText('Online').waitFor()
    await row(page, 'Nurse').hover()
    await page.getByRole('button', { name: 'Actions for Nurse' }).click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    await page.getByRole('dialog', { name: 'Remove Nurse?' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await row(page, 'Nurse').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await row(page, 'Nurse').waitFor({ state: 'detached' })
    await presenceTo(nurse, 'unsubscribed')
  })
})

describe('subscription requests', () => {
  async function ask(page: Page, name: string, text = ''): Promise<Peer> {
    const asker = await peer(name)
    asker.send(`<presence to='${address('romeo')}' type='subscribe'><status>${text}</status></presence>`)
    await page.getByText(`${name} wants to see when you are online`).waitFor()
    return asker
  }

  test('accept and add, accept, refuse: each is what the other side gets', async () => {
    const page = await open()
    const paris = await ask(page, 'paris', 'We met at the &lt;b&gt;feast&lt;/b&gt;')
    await page.getByRole('button', { name: 'Answer…' }).click()
    await page.getByText('“We met at the <b>feast</b>”').waitFor()
    await page.getByRole('button', { name: 'Accept and add to contacts' }).click()
    await Promise.all([presenceTo(paris, 'subscribed'), presenceTo(paris, 'subscribe')])
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await row(page, 'paris').waitFor()

    const tybalt = await ask(page, 'tybalt')
    await page.getByRole('button', { name: 'Answer…' }).click()
    await page.getByRole('button', { name: 'Accept', exact: true }).click()
    await presenceTo(tybalt, 'subscribed')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(tybalt.received.some((stanza) => stanza.attrs['type'] === 'subscribe')).toBe(false)

    const benvolio = await ask(page, 'benvolio')
    await page.getByRole('button', { name: 'Answer…' }).click()
    await page.getByRole('button', { name: 'Refuse', exact: true }).click()
    await presenceTo(benvolio, 'unsubscribed')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await page.getByText('wants to see when you are online').count()).toBe(0)
  })

  test('waits over a restart, in the list too', async () => {
    const page = await open()
    await ask(page, 'paris', 'Only a word')
    const { profile = '' } = linnet ?? {}
    await linnet?.quit()
    linnet = await launchLinnet({ profile, server })
    const again = linnet.page
    await again.getByRole('button', { name: /^Notices/ }).click()
    await again.getByRole('button', { name: address('paris') }).click()
    await again.getByRole('dialog').getByText('“Only a word”').waitFor()
    await untilOnline(again)
    await again.getByRole('button', { name: 'Refuse', exact: true }).click()
    await again.getByText('No notices').waitFor()
  })
})

test('5,000 contacts: searched as typed, walked by keys, drawn only where seen', async () => {
  linnet = await launchSignedIn(server, { name: 'crowd', password: PASSWORD })
  const { page } = linnet
  await showContacts(page)
  const grid = page.getByRole('treegrid', { name: 'Contacts' })
  await row(page, 'Person 0000').waitFor()
  await grid.focus()
  await page.keyboard.press('End')
  await row(page, 'Person 4999').waitFor()
  expect(await page.getByRole('row').count()).toBeLessThan(80)
  await page.keyboard.press('Home')
  await row(page, 'Person 0000').waitFor()

  const frames = await grid.evaluate(scrollThrough)
  // Told, not judged: how long a frame takes depends on the machine.
  console.log(`5,000 contacts: ${JSON.stringify(frames)}`)
  expect(frames.distance).toBeGreaterThan(5000)

  await page.getByLabel('Search contacts').fill('person 4321')
  await row(page, 'Person 4321').waitFor()
  expect(await page.getByRole('row').count()).toBe(1)
})

/** Scrolls for two seconds, 200 pixels a frame, which is faster than a hand; runs in the page. */
async function scrollThrough(
  grid: Element,
): Promise<{ distance: number; medianMs: number; worstMs: number }> {
  const gaps: number[] = []
  const from = performance.now()
  for (let last = from; last - from < 2000;) {
    grid.scrollTop += 200
    const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
    gaps.push(now - last)
    last = now
  }
  gaps.sort((a, b) => a - b)
  const median = gaps[Math.floor(gaps.length / 2)] ?? 0
  return { distance: grid.scrollTop, medianMs: Math.round(median), worstMs: Math.round(gaps.at(-1) ?? 0) }
}

test('no barrier that axe finds in contacts, requests and their dialogs, light and dark', async () => {
  const page = await open()
  const paris = await peer('paris')
  paris.send(`<presence to='${address('romeo')}' type='subscribe'><status>Hello</status></presence>`)
  await page.getByText('paris wants to see when you are online').waitFor()
  const found: Record<string, string[]> = {}
  const judge = async (name: string): Promise<void> => void (found[name] = await violationsOf(page))
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme)
    await judge(`${theme} contacts`)
    await page.keyboard.press('Control+n')
    await judge(`${theme} add`)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Answer…' }).click()
    await judge(`${theme} request`)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Notices/ }).click()
    await judge(`${theme} requests`)
    await page.getByRole('button', { name: 'Settings' }).click()
    await judge(`${theme} settings`)
    await page.keyboard.press('Escape')
    await showContacts(page)
  }
  expect(Object.entries(found).filter(([, violations]) => violations.length > 0)).toEqual([])
})
