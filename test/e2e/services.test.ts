/** Services in the real application: a real server's commands, a gateway that one registers with, a contact's device. */
import element from '@xmpp/xml'
import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeProfile, type Linnet } from '../helpers/app.ts'
import { freePorts } from '../helpers/free-ports.ts'
import { startGateway, type Gateway } from '../helpers/gateway.ts'
import { connectPeer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { launchSignedIn, violationsOf } from './screens.ts'

const PASSWORD = 'wherefore'
const SECRET = 'a rose'
let server: Prosody
let gateway: Gateway
let linnet: Linnet
let page: Page

beforeAll(async () => {
  const [componentPort = 0] = await freePorts(1)
  server = await startProsody({
    extraModules: ['uptime', 'announce', 'admin_adhoc'],
    extraConfig: `admins = { "romeo@chat.test" }\ncomponent_ports = { ${componentPort} }\ncomponent_interfaces = { "127.0.0.1" }`,
    extraHosts: `Component "irc.chat.test"\n  component_secret = "${SECRET}"`,
  })
  for (const name of ['romeo', 'juliet']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [{ jid: 'juliet@chat.test', name: 'Juliet' }])
  server.setRoster('juliet', [{ jid: 'romeo@chat.test' }])
  gateway = await startGateway({ port: componentPort, jid: 'irc.chat.test', secret: SECRET, channels: 1500 })
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD })
  page = linnet.page
  page.setDefaultTimeout(10_000)
}, 120_000)

afterAll(async () => {
  await linnet.kill()
  gateway.close()
  await server.dispose()
  removeProfile(linnet.profile)
})

const button = (name: string) => page.getByRole('button', { name, exact: true })
const dialog = () => page.getByRole('dialog')
const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true })

async function showService(name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Services' }).click()
  await page.getByRole('listbox', { name: 'Your server’s services' }).getByRole('option', { name }).click()
}

describe('the own server', () => {
  test('says what it is, what it can do and what it lists; a command runs', async () => {
    await showService('Your server')
    await page.getByRole('main').getByText('XMPP server', { exact: true }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await button('Get uptime').click()
    await dialog()
      .getByText(/This server has been running/)
      .waitFor()
    await inDialog('Close').first().click()
    await page.getByRole('tab', { name: 'What it can do' }).click()
    await page.getByText('Says that it is alive').first().waitFor()
    await page.getByText(/Show technical names/).click()
    await page.getByText('urn:xmpp:ping', { exact: true }).waitFor()
    await page.getByRole('tab', { name: /Contents/ }).click()
    await page
      .getByRole('main')
      .getByRole('option', { name: /irc.chat.test/ })
      .waitFor()
    expect(await page.getByRole('button', { name: 'Register…' }).count()).toBe(0)
    await page.getByRole('tab', { name: 'Overview' }).click()
  })

  test('a command with a form: what is needed is said in words, the result is a page of it', async () => {
    await button('Send Announcement to Online Users').click()
    const text = dialog().getByLabel(/Announcement/)
    await dialog().getByRole('button', { name: 'Finish' }).click()
    await dialog().getByText('This is needed.').first().waitFor()
    await dialog()
      .getByLabel(/Subject/)
      .fill('The feast')
    await text.fill('Tonight,\nat the Capulets’.')
    await dialog().getByRole('button', { name: 'Finish' }).click()
    await dialog()
      .getByText(/sent to \d+ online/)
      .waitFor()
    await inDialog('Close').first().click()
  })
})

describe('any address', () => {
  test('what is not there is said in words; back and forward', async () => {
    await page.getByRole('main').getByLabel('Look at an address').fill('nowhere.chat.test')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await button('Back').click()
    await page.getByRole('main').getByText('XMPP server', { exact: true }).waitFor()
    await button('Forward').click()
    await page.getByRole('alert').waitFor()
    await page.getByRole('main').getByLabel('Look at an address').fill('@@')
    await page.keyboard.press('Enter')
    await page.getByText('This is not an address.').waitFor()
  })

  test('a list of 1,500 draws what is seen and is searched', async () => {
    await showService('irc.chat.test')
    await page.getByRole('tab', { name: 'Contents (1,500)' }).click()
    const rows = page.getByRole('main').getByRole('option')
    await rows.first().waitFor()
    expect(await rows.count()).toBeLessThan(100)
    await page.getByLabel('Search in this list').fill('channel 1499')
    await page.getByRole('main').getByRole('option', { name: 'Channel 1499' }).waitFor()
    await page.getByRole('tab', { name: 'Overview' }).click()
  })
})

describe('a gateway', () => {
  test('is registered with by its form, in every type of field', async () => {
    await page.getByText('Gateway to IRC').waitFor()
    await button('Register…').click()
    await dialog().getByRole('heading', { name: 'Register with IRC of Verona' }).waitFor()
    await dialog().getByText('<b>This is no markup.</b>').waitFor()
    await inDialog('Register').click()
    expect(await dialog().getByText('This is needed.').count()).toBe(2)
    expect(await dialog().getByLabel('Nickname (needed)').evaluate((field) => field === document.activeElement)).toBe(true) // prettier-ignore
    expect(await dialog().getByLabel('Password (needed)').getAttribute('type')).toBe('password')
    await dialog().getByLabel('Nickname (needed)').fill('not one!')
    await dialog().getByLabel('Password (needed)').fill('sesame')
    await dialog().getByLabel('Port').fill('70000')
    await dialog().getByLabel('Who may change this').fill('no address')
    for (const topic of ['POETRY', 'FENCING', 'DANCING']) await dialog().getByLabel(topic).check()
    await inDialog('Register').click()
    await dialog().getByText('This does not have the form that is asked for.').waitFor()
    await dialog().getByText('The largest value is 65535.').waitFor()
    await dialog().getByText('“no address” is not an XMPP address.').waitFor()
    await dialog().getByText('Choose 2 at most.').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await dialog().getByLabel('Nickname (needed)').fill('taken')
    await dialog().getByLabel('Port').fill('6667')
    await dialog().getByLabel('Who may change this').fill('Romeo@chat.test')
    await dialog().getByLabel('FENCING').uncheck()
    await dialog().getByLabel('Network').selectOption('oftc')
    await dialog().getByLabel('About you').fill('one\ntwo')
    await dialog().getByLabel('Friends').fill('juliet@chat.test\nnurse@chat.test')
    await dialog().getByLabel('Birthday').fill('1590-01-31')
    await inDialog('Register').click()
    await dialog().getByText('This is taken already. Choose another name.').waitFor()
    await dialog().getByLabel('Nickname (needed)').fill('montague1')
    await inDialog('Register').click()
    await page.getByText('You are registered here.').waitFor()
    expect(Object.fromEntries(gateway.registrations.get('romeo@chat.test') ?? [])).toEqual({
      FORM_TYPE: ['jabber:iq:register'],
      nick: ['montague1'],
      password: ['sesame'],
      away: ['1'],
      network: ['oftc'],
      topics: ['poetry', 'dancing'],
      about: ['one', 'two'],
      owner: ['romeo@chat.test'],
      friends: ['juliet@chat.test', 'nurse@chat.test'],
      port: ['6667'],
      birthday: ['1590-01-31'],
    })
  })

  test('its request is one like any other; logging in and out is presence to it alone', async () => {
    await page.getByText('irc.chat.test wants to see when you are online').waitFor()
    await showService('irc.chat.test')
    await button('Log in').click()
    await gateway.waitFor((stanza) => stanza.is('presence') && stanza.attrs['type'] === undefined)
    await button('Log out').click()
    await gateway.waitFor((stanza) => stanza.is('presence') && stanza.attrs['type'] === 'unavailable')
  })

  test('makes an XMPP address of one of its network', async () => {
    await button('Add someone of this network…').click()
    await dialog().getByText('Whom do you want to add?').waitFor()
    await dialog().getByLabel('IRC nickname').fill('Mercutio')
    await inDialog('Next').click()
    await dialog().getByRole('heading', { name: 'Add a contact' }).waitFor()
    expect(await dialog().getByLabel('XMPP address').inputValue()).toBe('mercutio@irc.chat.test')
    await inDialog('Cancel').click()
  })

  test('a command of two steps: on, back, on to the end, with a table', async () => {
    await button('Change your nickname').click()
    await dialog().getByLabel('Network (needed)').waitFor()
    await inDialog('Next').click()
    await dialog().getByLabel('New nickname (needed)').waitFor()
    await inDialog('Back').click()
    await dialog().getByLabel('Network (needed)').waitFor()
    await inDialog('Next').click()
    await dialog().getByLabel('New nickname (needed)').fill('bill')
    await inDialog('Finish').click()
    await dialog().getByText('The old name is free now.').waitFor()
    await dialog().getByRole('cell', { name: 'bill' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await inDialog('Close').first().click()
  })

  test('closed before its end, a command is cancelled; one that ended elsewhere can start again', async () => {
    await button('Change your nickname').click()
    await inDialog('Next').click()
    await dialog().getByLabel('New nickname (needed)').fill('expired')
    await inDialog('Finish').click()
    await dialog()
      .getByText(/The other side has ended this/)
      .waitFor()
    await inDialog('Start again').click()
    await dialog().getByLabel('Network (needed)').waitFor()
    await page.keyboard.press('Escape')
    await gateway.waitFor((stanza) => stanza.getChild('command')?.attrs['action'] === 'cancel')
  })

  test('is left again', async () => {
    await button('End registration…').click()
    await inDialog('End registration').click()
    await button('Register…').waitFor()
    expect(gateway.registrations.size).toBe(0)
  })
})

test('a contact’s device: named by its proven capabilities, its commands in the contact’s menu', async () => {
  const COMMANDS = 'http://jabber.org/protocol/commands'
  const INFO = 'http://jabber.org/protocol/disco#info'
  const ver = createHash('sha1').update(`client/phone//Pocket<${COMMANDS}<`).digest('base64')
  const juliet = await connectPeer(server, 'juliet', PASSWORD, { resource: 'pocket', silent: true })
  juliet.onRequest((iq) => {
    const [payload] = iq.getChildElements()
    const answer = (...children: ReturnType<typeof element>[]) =>
      element('iq', { type: 'result', id: iq.attrs.id, to: iq.attrs.from }, ...children)
    if (payload?.getNS() === INFO) {
      const identity = element('identity', { category: 'client', type: 'phone', name: 'Pocket' })
      return answer(element('query', { xmlns: INFO, node: payload.attrs.node }, identity, element('feature', { var: COMMANDS }))) // prettier-ignore
    }
    if (payload?.is('query', 'http://jabber.org/protocol/disco#items')) {
      const item = element('item', { jid: juliet.jid, node: 'ring', name: 'Ring the phone' })
      return answer(
        element('query', { xmlns: 'http://jabber.org/protocol/disco#items', node: COMMANDS }, item),
      )
    }
    if (payload?.is('command', COMMANDS)) {
      return answer(element('command', { xmlns: COMMANDS, node: 'ring', status: 'completed' }, element('note', {}, 'It rings.'))) // prettier-ignore
    }
    return undefined
  })
  const caps = element('c', { xmlns: 'http://jabber.org/protocol/caps', hash: 'sha-1', node: 'https://pocket.example', ver }) // prettier-ignore
  juliet.send(element('presence', {}, caps))
  await juliet.waitFor(
    (stanza) => stanza.getChild('query', INFO)?.attrs['node'] === `https://pocket.example#${ver}`,
  )
  await page.getByRole('button', { name: 'Contacts', exact: true }).click()
  await page.getByRole('row', { name: 'Juliet' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Commands…' }).click()
  await inDialog('Ring the phone').click()
  await dialog().getByText('It rings.').waitFor()
  await inDialog('Close').first().click()
  juliet.close()
})
