/** The contact page and the contact list as a whole, in the real application with a real server and real second clients. */
import element, { type Element } from '@xmpp/xml'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchLinnet, removeProfile, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { chooseTheme, launchSignedIn, untilOnline, violationsOf } from './screens.ts'

const PASSWORD = 'What’s in a name'
const PEOPLE = ['romeo', 'benvolio', 'juliet', 'nurse', 'mercutio', 'paris']

let server: Prosody
let linnet: Linnet
let page: Page
let folder: string
const peers: Peer[] = []

const address = (name: string): string => `${name}@${server.domain}`
const row = (name: string | RegExp) => page.getByRole('row', { name }).first()
const rows = async (): Promise<string[]> => {
  const drawn = page.getByRole('treegrid', { name: 'Contacts' }).locator('.name')
  return drawn.allInnerTexts()
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linnet-people-'))
  server = await startProsody({ extraModules: ['lastactivity'] })
  for (const name of PEOPLE) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [
    { jid: address('juliet'), name: 'Juliet Capulet', groups: ['Verona', 'Friends'] },
    { jid: address('nurse'), name: 'Nurse', groups: ['Verona'] },
    { jid: address('mercutio'), name: 'Mercutio', groups: ['Friends'] },
  ])
  for (const name of ['juliet', 'nurse', 'mercutio']) server.setRoster(name, [{ jid: address('romeo') }])
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD })
  page = linnet.page
  await showContacts()
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  for (const peer of peers) peer.close()
  await server.dispose()
  rmSync(folder, { recursive: true })
})

async function showContacts(): Promise<void> {
  await page.getByRole('button', { name: 'Contacts', exact: true }).click()
  await page.getByRole('heading', { name: 'Contacts' }).waitFor()
}

async function openPage(name: string): Promise<void> {
  await row(name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Contact page' }).click()
  await page.getByRole('main').getByRole('heading', { level: 1, name }).waitFor()
}

async function listMenu(
  entry: string,
  role: 'menuitem' | 'menuitemradio' | 'menuitemcheckbox',
): Promise<void> {
  await page.getByRole('button', { name: 'List options' }).click()
  await page.getByRole(role, { name: entry }).click()
}

async function arrive(name: string, resource: string, answer?: (iq: Element) => Element | undefined) {
  const peer = await connectPeer(server, name, PASSWORD, { resource })
  peers.push(peer)
  if (answer) peer.onRequest(answer)
  return peer
}

/** Answers what a client tells of itself. */
function telling(client: string, zone: string, idleSeconds: number) {
  return (iq: Element): Element | undefined => {
    const result = (payload: Element): Element =>
      element('iq', { type: 'result', id: iq.attrs['id'], to: iq.attrs['from'] }, payload)
    if (iq.getChild('query', 'jabber:iq:version')) {
      const parts = [element('name', {}, client), element('version', {}, '9.1')]
      return result(element('query', { xmlns: 'jabber:iq:version' }, ...parts))
    }
    if (iq.getChild('time', 'urn:xmpp:time')) {
      const parts = [element('tzo', {}, zone), element('utc', {}, '2026-11-21T12:05:30Z')]
      return result(element('time', { xmlns: 'urn:xmpp:time' }, ...parts))
    }
    if (iq.getChild('query', 'jabber:iq:last'))
      return result(element('query', { xmlns: 'jabber:iq:last', seconds: String(idleSeconds) }))
    return undefined
  }
}

test('the page shows two devices with what each tells, and the vCard as text', async () => {
  const balcony = await arrive('juliet', 'balcony', telling('Psi', '+02:00', 5))
  balcony.send(`<presence><status>on the balcony</status><priority>7</priority></presence>`)
  const vcard = element(
    'vCard',
    { xmlns: 'vcard-temp' },
    element('FN', {}, '<b>Juliet</b>'),
    element('URL', {}, 'javascript:alert(1)'),
    element('EMAIL', {}, element('USERID', {}, 'juliet@capulet.example')),
  )
  expect((await balcony.request('set', vcard)).attrs['type']).toBe('result')
  const phone = await arrive('juliet', 'phone', telling('Conversations', '+05:30', 1900))
  phone.show('away')

  await openPage('Juliet Capulet')
  await page.getByText('2 devices').waitFor()
  const device = (name: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: name })
  await device('balcony').getByText('Psi · 9.1').waitFor()
  await device('balcony').getByText('14:05, UTC+2, their time').waitFor()
  await device('balcony').getByText('active now').waitFor()
  await device('balcony').getByText('priority 7').waitFor()
  await device('phone').getByText('Conversations · 9.1').waitFor()
  await device('phone').getByText('17:35, UTC+5:30, their time').waitFor()
  await device('phone').getByText('last active 31 minutes ago').waitFor()
  await page.getByText('You see when the other is online, both ways.').waitFor()
  await page.getByText('<b>Juliet</b>').waitFor()
  // Nothing that a vCard says can be pressed unless it is a web or mail address.
  await page.getByText('javascript:alert(1)').waitFor()
  expect(await page.getByRole('button', { name: 'javascript:alert(1)' }).count()).toBe(0)
  await page.getByRole('button', { name: 'juliet@capulet.example', exact: true }).waitFor()

  phone.close()
  await page.getByText('1 device', { exact: true }).waitFor()
  expect(await device('phone').count()).toBe(0)
})

test('the address is copied; a shortcut goes from chat to page and back', async () => {
  await page.getByRole('button', { name: 'Copy: XMPP address' }).click()
  await expect
    .poll(() => linnet.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toBe(address('juliet'))
  await page.getByRole('button', { name: 'Message', exact: true }).click()
  await page.getByRole('textbox', { name: 'Message Juliet Capulet' }).waitFor()
  await page.keyboard.press('Control+i')
  await page.getByRole('heading', { level: 1, name: 'Juliet Capulet' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('textbox', { name: 'Message Juliet Capulet' }).waitFor()
})

test('a contact who is gone was last seen when their server says', async () => {
  const nurse = await arrive('nurse', 'kitchen')
  await row('Nurse').getByText('Online').waitFor()
  nurse.send(`<presence type='unavailable'/>`)
  nurse.close()
  await row('Nurse').getByText('Offline').waitFor()
  await openPage('Nurse')
  await page.getByText('Last seen 1 minute ago').waitFor()
})

test('a stranger’s page has less, and their server is asked only by a button', async () => {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(address('paris'))
  await page.keyboard.press('Enter')
  await page.getByText('is not in your contacts').waitFor()
  await page.keyboard.press('Control+i')
  await page.getByText('Not in your contacts. Neither').waitFor()
  expect(await page.getByRole('button', { name: 'Change the name' }).count()).toBe(0)
  expect(await page.getByRole('combobox', { name: 'Groups' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Ask for the profile' }).click()
  await page.getByText('They have no profile').waitFor()
  await page.getByRole('textbox', { name: 'Note' }).fill('a suitor')
})

test('a note, folded groups and the order of the list survive a restart', async () => {
  await openPage('Mercutio')
  await page.getByRole('textbox', { name: 'Note' }).fill('jests at scars\nthat never felt a wound')
  await page.getByRole('treegrid', { name: 'Contacts' }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('row', { name: /^Friends/, expanded: false }).waitFor()
  await listMenu('Sort by name', 'menuitemradio')
  const { profile } = linnet
  await linnet.quit()
  linnet = await launchLinnet({ profile, server })
  page = linnet.page
  await untilOnline(page)
  await showContacts()
  await page.getByRole('row', { name: /^Friends/, expanded: false }).waitFor()
  expect(await row('Mercutio').count()).toBe(0)
  await row(/^Friends/).click()
  await openPage('Mercutio')
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Note' }).inputValue())
    .toBe('jests at scars\nthat never felt a wound')
})

test('sorted by name, presence or last message', async () => {
  await expect
    .poll(rows)
    .toEqual(['Friends', 'Juliet Capulet', 'Mercutio', 'Verona', 'Juliet Capulet', 'Nurse'])
  const mercutio = await arrive('mercutio', 'street')
  mercutio.show('chat')
  await row('Mercutio').getByText('Free for chat').waitFor()
  await listMenu('Sort by presence', 'menuitemradio')
  await expect
    .poll(rows)
    .toEqual(['Friends', 'Mercutio', 'Juliet Capulet', 'Verona', 'Juliet Capulet', 'Nurse'])
  const nurse = await arrive('nurse', 'kitchen')
  nurse.say(address('romeo'), 'Your love says, like an honest gentleman')
  await listMenu('Sort by last message', 'menuitemradio')
  await listMenu('Show groups', 'menuitemcheckbox')
  const flat = page.getByRole('grid', { name: 'Contacts' }).locator('.name')
  await expect.poll(() => flat.allInnerTexts()).toEqual(['Nurse', 'Juliet Capulet', 'Mercutio'])
  await listMenu('Show groups', 'menuitemcheckbox')
  await listMenu('Sort by presence', 'menuitemradio')
})

test('a contact is moved by keyboard and by drag; the server has it', async () => {
  await page.getByRole('treegrid', { name: 'Contacts' }).focus()
  await row('Mercutio').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Move to group…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Move Mercutio to a group' })
  await dialog.getByRole('radio', { name: 'Friends' }).focus()
  await page.keyboard.press('ArrowDown')
  expect(await dialog.getByRole('radio', { name: 'Verona' }).isChecked()).toBe(true)
  await page.keyboard.press('Enter')
  await expect
    .poll(rows)
    .toEqual(['Friends', 'Juliet Capulet', 'Verona', 'Mercutio', 'Juliet Capulet', 'Nurse'])
  await row('Mercutio').dragTo(row(/^Friends/))
  await expect
    .poll(rows)
    .toEqual(['Friends', 'Mercutio', 'Juliet Capulet', 'Verona', 'Juliet Capulet', 'Nurse'])
  expect(await groupsOnServer('mercutio')).toEqual(['Friends'])
})

test('a group is renamed with all its contacts', async () => {
  await row(/^Verona/).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  await page.getByLabel('Name of the group').fill('House of Capulet')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await row(/^House of Capulet/).waitFor()
  expect(await row(/^Verona/).count()).toBe(0)
  expect((await groupsOnServer('juliet')).sort()).toEqual(['Friends', 'House of Capulet'])
  expect(await groupsOnServer('nurse')).toEqual(['House of Capulet'])
})

/** As a second client of Romeo's gets them. */
async function groupsOnServer(name: string): Promise<string[]> {
  const other = await arrive('romeo', `look-${peers.length}`)
  const answer = await other.request('get', element('query', { xmlns: 'jabber:iq:roster' }))
  const items = answer.getChild('query')?.getChildren('item') ?? []
  const item = items.find((each) => each.attrs['jid'] === address(name))
  other.close()
  return item?.getChildren('group').map((group) => group.text()) ?? []
}

test('no barrier that axe finds on the page and in the list’s dialogs, light and dark', async () => {
  await openPage('Juliet Capulet')
  const found: Record<string, string[]> = {}
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme)
    found[`${theme} page`] = await violationsOf(page)
    await page.getByRole('button', { name: 'List options' }).click()
    found[`${theme} list menu`] = await violationsOf(page)
    await page.keyboard.press('Escape')
    await row('Mercutio').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Move to group…' }).click()
    found[`${theme} move`] = await violationsOf(page)
    await page.keyboard.press('Escape')
  }
  expect(Object.entries(found).filter(([, violations]) => violations.length > 0)).toEqual([])
})

test('the list goes to a file, and into another account', async () => {
  const file = join(folder, 'contacts.json')
  await answerDialogs(linnet, file)
  await listMenu('Export contacts…', 'menuitem')
  await expect.poll(() => readContacts(file)).toHaveLength(3)
  expect(readContacts(file)).toContainEqual({
    jid: address('mercutio'),
    name: 'Mercutio',
    groups: ['Friends'],
  })
  await linnet.quit()
  removeProfile(linnet.profile)

  linnet = await launchSignedIn(server, { name: 'benvolio', password: PASSWORD })
  page = linnet.page
  await showContacts()
  await answerDialogs(linnet, file)
  await page.getByRole('button', { name: 'Import contacts…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import contacts' })
  await dialog.getByText('3 contacts are new').waitFor()
  await dialog.getByText('Juliet Capulet').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await dialog.getByLabel('Ask the new ones').check()
  await dialog.getByRole('button', { name: 'Import 3 contacts' }).click()
  await dialog.getByText('3 contacts were changed.').waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await row(/^Friends/).waitFor()
  await row('Mercutio').getByText('Waiting for their answer').waitFor()
  const mercutio = await arrive('mercutio', 'later')
  await mercutio.waitFor((stanza) => stanza.is('presence') && stanza.attrs['type'] === 'subscribe')
})

test('what another client wrote is read; a file that is none is refused in words', async () => {
  const xml = `<?xml version='1.0'?><query xmlns='jabber:iq:roster'><item jid='${address('paris')}' name='&lt;img src=x onerror=alert(1)&gt;'/></query>`
  writeFileSync(join(folder, 'contacts.json'), xml)
  await listMenu('Import contacts…', 'menuitem')
  const dialog = page.getByRole('dialog', { name: 'Import contacts' })
  await dialog.getByText('1 contact is new').waitFor()
  await dialog.getByText('<img src=x onerror=alert(1)>').waitFor()
  await page.keyboard.press('Escape')
  writeFileSync(join(folder, 'contacts.json'), '<html><script>alert(1)</script></html>')
  await listMenu('Import contacts…', 'menuitem')
  await dialog.getByText('This file is not a contact list').waitFor()
  await page.keyboard.press('Escape')
})

/** The system's dialogs are the only thing that is not real here. */
async function answerDialogs({ app }: Linnet, file: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
  }, file)
}

function readContacts(file: string): unknown[] {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { items: unknown[] }).items
  } catch {
    return []
  }
}
