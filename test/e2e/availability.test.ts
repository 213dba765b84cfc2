/** Own presence in detail, subscriptions and blocking in the real application, with a real server and other clients. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Element } from '../../src-main/protocol/xml.ts'
import { removeProfile, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { chooseTheme, launchSignedIn, openSettings, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'
const PEOPLE = ['juliet', 'nurse', 'paris', 'tybalt', 'benvolio', 'rosaline']

let server: Prosody
let linnet: Linnet
let page: Page
let juliet: Peer
const peers: Peer[] = []

const address = (name: string): string => `${name}@${server.domain}`

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', ...PEOPLE]) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [
    { jid: address('juliet'), name: 'Juliet' },
    { jid: address('nurse'), name: 'Nurse' },
  ])
  for (const name of ['juliet', 'nurse']) server.setRoster(name, [{ jid: address('romeo') }])
  juliet = await peer('juliet')
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD })
  page = linnet.page
  page.setDefaultTimeout(20_000)
  await page.getByRole('button', { name: 'Contacts', exact: true }).click()
})
afterAll(async () => {
  for (const each of peers) each.close()
  await linnet.quit()
  removeProfile(linnet.profile)
  await server.dispose()
})

async function peer(name: string): Promise<Peer> {
  const connected = await connectPeer(server, name, PASSWORD)
  peers.push(connected)
  return connected
}

/** The first stanza that fits, of those that come from now on. */
function next(from: Peer, fits: (stanza: Element) => boolean): Promise<Element> {
  const seen = new Set(from.received)
  return from.waitFor((stanza) => !seen.has(stanza) && fits(stanza))
}

const isFromRomeo = (stanza: Element, type?: string): boolean =>
  stanza.is('presence') &&
  String(stanza.attrs['from']).startsWith(address('romeo')) &&
  stanza.attrs['type'] === type

const row = (name: string) => page.getByRole('row', { name })
const dialog = () => page.getByRole('dialog')

async function choose(name: string, entry: string): Promise<void> {
  await row(name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: entry, exact: true }).click()
}

async function press(name: string): Promise<void> {
  await dialog().getByRole('button', { name, exact: true }).click()
}

async function chooseShow(now: string, wanted: string): Promise<void> {
  await page.getByRole('button', { name: `Your presence: ${now}` }).click()
  await page.getByRole('menuitemradio', { name: wanted, exact: true }).click()
  await page.getByRole('button', { name: `Your presence: ${wanted}` }).waitFor()
}

/** Says for the system how long nobody touched anything; the watch, its rules and its timer are the real ones. */
async function idleFor(seconds: number): Promise<void> {
  await linnet.app.evaluate(({ powerMonitor }, idle) => {
    powerMonitor.getSystemIdleTime = () => idle
  }, seconds)
}

describe('own presence', () => {
  test('the priority arrives; a negative one is explained, nonsense is not taken', async () => {
    await page.getByRole('button', { name: 'Settings' }).click()
    const field = page.getByLabel('Priority of this device')
    await field.fill('200')
    await page.getByText('Enter a whole number from −128 to 127.').waitFor()
    await field.fill('-5')
    await page.getByText('messages sent to your address never come to this device').waitFor()
    const seen = next(juliet, (stanza) => isFromRomeo(stanza) && stanza.getChildText('priority') === '-5')
    await field.press('Enter')
    await seen
    await field.fill('0')
    const back = next(juliet, (stanza) => isFromRomeo(stanza) && stanza.getChildText('priority') === null)
    await field.press('Tab')
    await back
    await page.keyboard.press('Escape')
  })

  test('a status that was used is offered again, in the dialog and in the menu, until it is forgotten', async () => {
    for (const status of ['in Mantua', 'at the feast']) {
      const seen = next(juliet, (stanza) => stanza.getChildText('status') === status)
      await page.getByRole('button', { name: 'Your presence: Online' }).click()
      await page.getByRole('menuitem', { name: 'Set status text…' }).click()
      await page.getByLabel('Status text').fill(status)
      await page.keyboard.press('Enter')
      await seen
    }
    await page.getByRole('button', { name: 'Your presence: Online' }).click()
    const again = next(juliet, (stanza) => stanza.getChildText('status') === 'in Mantua')
    await page.getByRole('menuitem', { name: '“in Mantua”' }).click()
    await again
    await page.getByRole('button', { name: 'Your presence: Online' }).click()
    await page.getByRole('menuitem', { name: 'Set status text…' }).click()
    await page.getByRole('button', { name: 'Use “at the feast”' }).click()
    expect(await page.getByLabel('Status text').inputValue()).toBe('at the feast')
    await press('Forget recent statuses')
    await page.getByRole('button', { name: 'Use “at the feast”' }).waitFor({ state: 'detached' })
    await page.getByLabel('Status text').fill('')
    await page.keyboard.press('Enter')
    await dialog().waitFor({ state: 'hidden' })
  })

  test('away by itself, and back with the first touch; never over do not disturb', async () => {
    const away = next(juliet, (stanza) => isFromRomeo(stanza) && stanza.getChildText('show') === 'away')
    await idleFor(11 * 60)
    await away
    await page.getByRole('button', { name: 'Your presence: Away (automatically)' }).waitFor()
    const xa = next(juliet, (stanza) => isFromRomeo(stanza) && stanza.getChildText('show') === 'xa')
    await idleFor(61 * 60)
    await xa
    const back = next(juliet, (stanza) => isFromRomeo(stanza) && stanza.getChildText('show') === null)
    await idleFor(0)
    await back
    await page.getByRole('button', { name: 'Your presence: Online', exact: true }).waitFor()
    await chooseShow('Online', 'Do not disturb')
    const before = juliet.received.length
    await idleFor(61 * 60)
    // The lock is looked at at once, so that nothing here depends on when the next look is.
    await linnet.app.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'))
    await page.getByRole('button', { name: 'Your presence: Do not disturb' }).click()
    await page.getByRole('menuitemradio', { name: 'Online', exact: true }).click()
    await page.getByRole('button', { name: 'Your presence: Away for long (automatically)' }).waitFor()
    await juliet.waitFor(
      (stanza) => juliet.received.indexOf(stanza) >= before && stanza.getChildText('show') === 'xa',
    )
    const told = juliet.received.slice(before).filter((stanza) => isFromRomeo(stanza))
    expect(told.map((stanza) => stanza.getChildText('show'))).toEqual(['xa'])
    await idleFor(0)
    await linnet.app.evaluate(({ powerMonitor }) => powerMonitor.emit('unlock-screen'))
    await page.getByRole('button', { name: 'Your presence: Online', exact: true }).waitFor()
  })
})

describe('subscriptions', () => {
  test('revoked: said in words first; the other side sees us no longer, and can ask again', async () => {
    await choose('Juliet', 'Stop showing them my presence…')
    await dialog().getByText('no longer sees whether you are online').waitFor()
    const [gone, told] = [
      next(juliet, (stanza) => isFromRomeo(stanza, 'unavailable')),
      next(juliet, (stanza) => isFromRomeo(stanza, 'unsubscribed')),
    ]
    await press('Stop showing')
    await Promise.all([gone, told])
    juliet.send(`<presence to='${address('romeo')}' type='subscribe'><status>Once more</status></presence>`)
    await row('Juliet').getByText('Wants to see when you are online').waitFor()
    await choose('Juliet', 'Answer their request…')
    await dialog().getByText('“Once more”').waitFor()
    const seen = next(juliet, (stanza) => isFromRomeo(stanza, undefined))
    await press('Accept')
    await seen
  })

  test('ended, and asked for again with words', async () => {
    await choose('Juliet', 'Stop seeing their presence…')
    await press('Stop seeing')
    await row('Juliet').getByText('You don’t see when they are online').waitFor()
    await choose('Juliet', 'Ask to see their presence…')
    await dialog().getByLabel('Message (optional)').fill('It is I, <b>Romeo</b>')
    const asked = next(juliet, (stanza) => isFromRomeo(stanza, 'subscribe'))
    await press('Send request')
    expect((await asked).getChildText('status')).toBe('It is I, <b>Romeo</b>')
    await row('Juliet').getByText('Waiting for their answer').waitFor()
    await choose('Juliet', 'Take my request back')
    await row('Juliet').getByText('You don’t see when they are online').waitFor()
    await choose('Juliet', 'Ask to see their presence…')
    await press('Send request')
    await row('Juliet').getByText('Waiting for their answer').waitFor()
    juliet.send(`<presence to='${address('romeo')}' type='subscribed'/>`)
    await row('Juliet').getByText('Online').waitFor()
  })

  test('allowed in advance: who asks is let in without a question', async () => {
    const rosaline = await peer('rosaline')
    await page.keyboard.press('Control+n')
    await page.getByLabel('XMPP address').fill(address('rosaline'))
    await page.getByLabel('They may see my presence as soon as they ask').uncheck()
    await press('Add contact')
    await rosaline.waitFor((stanza) => isFromRomeo(stanza, 'subscribe'))
    await choose('rosaline', 'Show my presence until I sign out')
    await rosaline.waitFor((stanza) => isFromRomeo(stanza))
    const hidden = next(rosaline, (stanza) => isFromRomeo(stanza, 'unavailable'))
    await choose('rosaline', 'Show my presence no longer')
    await hidden
    await choose('rosaline', 'Allow to see my presence in advance')
    // Prosody 0.12 keeps it and does not tell (RFC 6121 §3.4.2 has a push for it), so there is nothing to see here.
    const letIn = next(rosaline, (stanza) => isFromRomeo(stanza, 'subscribed'))
    rosaline.send(`<presence to='${address('romeo')}' type='subscribe'/>`)
    await letIn
    expect(await page.getByText('rosaline wants to see when you are online').count()).toBe(0)
  })
})

describe('requests and blocking', () => {
  async function ask(name: string): Promise<Peer> {
    const asker = await peer(name)
    asker.send(`<presence to='${address('romeo')}' type='subscribe'><status>I am ${name}</status></presence>`)
    await page.getByText(`${name} wants to see when you are online`).first().waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).first().click()
    return asker
  }

  test('three in one dialog: forward and back by keys, later, refused and blocked, accepted', async () => {
    const [paris, tybalt, benvolio] = [await ask('paris'), await ask('tybalt'), await ask('benvolio')]
    // Once more is not one more.
    tybalt.send(`<presence to='${address('romeo')}' type='subscribe'><status>I am tybalt</status></presence>`)
    await page.getByRole('button', { name: /^Notices/ }).click()
    await page.getByRole('button', { name: address('paris') }).click()
    await dialog().getByText('1 of 3').waitFor()
    await page.keyboard.press('ArrowRight')
    await dialog().getByText('“I am tybalt”').waitFor()
    await dialog().getByText('2 of 3').waitFor()
    await page.keyboard.press('ArrowLeft')
    await dialog().getByText('“I am paris”').waitFor()
    await press('Decide later')
    await dialog().getByText('“I am tybalt”').waitFor()
    expect(await violationsOf(page)).toEqual([])
    const refused = next(tybalt, (stanza) => isFromRomeo(stanza, 'unsubscribed'))
    await press('Refuse and block')
    await refused
    await dialog().getByText('“I am benvolio”').waitFor()
    await dialog().getByText('2 of 2').waitFor()
    await press('Accept')
    await benvolio.waitFor((stanza) => isFromRomeo(stanza, 'subscribed'))
    await dialog().getByText('“I am paris”').waitFor()
    expect(await dialog().getByText('of 1').count()).toBe(0)
    await press('Refuse')
    await dialog().waitFor({ state: 'hidden' })
    await paris.waitFor((stanza) => isFromRomeo(stanza, 'unsubscribed'))
    // Whom the server holds back can ask as often as it likes.
    tybalt.send(`<presence to='${address('romeo')}' type='subscribe'/>`)
    tybalt.send(`<iq type='get' id='ping' to='${server.domain}'><ping xmlns='urn:xmpp:ping'/></iq>`)
    await tybalt.waitFor((stanza) => stanza.attrs['id'] === 'ping')
    await page.getByRole('button', { name: address('paris') }).waitFor({ state: 'detached' })
    expect(await page.getByRole('button', { name: address('tybalt') }).count()).toBe(0)
  })

  test('a contact: what it means is said; marked in the list; a message says why it failed; unblocked', async () => {
    await page.getByRole('button', { name: 'Contacts', exact: true }).click()
    await choose('Juliet', 'Block…')
    await dialog().getByText('sees you offline, whatever you do').waitFor()
    const gone = next(juliet, (stanza) => isFromRomeo(stanza, 'unavailable'))
    await press('Block')
    await gone
    await row('Juliet').getByText('Blocked').waitFor()
    await row('Juliet').click()
    await page.getByText('You have blocked Juliet').waitFor()
    await page.getByRole('textbox', { name: 'Message Juliet' }).fill('Can you hear me?')
    await page.keyboard.press('Enter')
    await page.getByText('Why was it not sent?').click()
    await page.getByText('You have blocked this address.').waitFor()
    const back = next(juliet, (stanza) => isFromRomeo(stanza))
    await page.getByRole('button', { name: 'Unblock' }).click()
    await back
    await page.getByText('You have blocked Juliet').waitFor({ state: 'detached' })
  })

  test('the list: an address and a domain added, found, let in again; the own server is not taken', async () => {
    await openSettings(page, 'Privacy')
    await dialog().getByRole('button', { name: '1 blocked address…' }).click()
    const field = page.getByLabel('Address or domain to block')
    await dialog()
      .getByRole('row', { name: address('tybalt') })
      .waitFor()
    await field.fill(server.domain)
    await page.keyboard.press('Enter')
    await page.getByText('blocking it would cut you off').waitFor()
    for (const wanted of ['spam.example', 'troll@elsewhere.example']) {
      await field.fill(wanted)
      await page.keyboard.press('Enter')
      await dialog().getByRole('row', { name: wanted }).waitFor()
    }
    await dialog().getByText('Everyone at this domain').waitFor()
    await page.getByLabel('Search blocked addresses').fill('troll')
    await dialog().getByRole('row', { name: 'spam.example' }).waitFor({ state: 'detached' })
    await dialog().getByRole('button', { name: 'Unblock troll@elsewhere.example' }).click()
    await page.getByText('No blocked address has “troll” in it.').waitFor()
    await page.getByLabel('Search blocked addresses').fill('')
    expect(await violationsOf(page)).toEqual([])
    await press('Unblock all…')
    await press('Unblock all')
    await dialog().getByText('Nobody is blocked').waitFor()
    await page.keyboard.press('Escape')
  })
})

test('no barrier that axe finds in the dialogs, light and dark', async () => {
  const found: Record<string, string[]> = {}
  const judge = async (name: string): Promise<void> => {
    await dialog().waitFor()
    found[name] = await violationsOf(page)
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
  }
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme)
    await choose('Juliet', 'Block…')
    await judge(`${theme} block`)
    await choose('Juliet', 'Stop showing them my presence…')
    await judge(`${theme} revoke`)
    await page.getByRole('button', { name: 'Settings' }).click()
    await judge(`${theme} settings`)
    await page.getByRole('button', { name: 'Your presence: Online' }).click()
    await page.getByRole('menuitem', { name: 'Set status text…' }).click()
    await judge(`${theme} status`)
  }
  expect(Object.entries(found).filter(([, violations]) => violations.length > 0)).toEqual([])
})
