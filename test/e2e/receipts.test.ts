/** What becomes of messages, who types, and sending later, in the real application beside a client that shares no code. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchLinnet, removeProfile, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { launchSignedIn, openSettings, untilOnline, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'
const RECEIPTS = 'urn:xmpp:receipts'
const MARKERS = 'urn:xmpp:chat-markers:0'
const STATES = 'http://jabber.org/protocol/chatstates'

let server: Prosody
let juliet: Peer
let nurse: Peer
let linnet: Linnet
let page: Page

const address = (name: string): string => `${name}@${server.domain}`

beforeAll(async () => {
  server = await startProsody()
  await server.stop()
  for (const name of ['romeo', 'juliet', 'nurse']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [{ jid: address('juliet'), name: 'Juliet' }])
  server.setRoster('juliet', [{ jid: address('romeo') }])
  await server.start()
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  nurse = await connectPeer(server, 'nurse', PASSWORD)
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD })
  page = linnet.page
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  for (const peer of [juliet, nurse]) peer.close()
  await server.dispose()
})

const chat = (name: RegExp) => page.getByRole('listbox', { name: 'Chats' }).getByRole('option', { name })
const composer = (name = 'Juliet') => page.getByRole('textbox', { name: `Message ${name}` })
const header = () => page.getByRole('region', { name: 'Juliet' }).locator('header')

/** A chat message to Romeo that asks for a receipt and a marker; returns its id. */
function ask(peer: Peer, id: string, body: string): string {
  peer.send(`<message to='${address('romeo')}' type='chat' id='${id}'><body>${body}</body>
    <request xmlns='${RECEIPTS}'/><markable xmlns='${MARKERS}'/><active xmlns='${STATES}'/></message>`)
  return id
}
const tell = (content: string): void =>
  juliet.send(`<message to='${address('romeo')}' type='chat'>${content}</message>`)
const gets = (peer: Peer, name: string, namespace: string, id?: string) =>
  peer.waitFor((stanza) => {
    const found = stanza.is('message') ? stanza.getChild(name, namespace) : undefined
    return found !== undefined && (id === undefined || found.attrs['id'] === id)
  })

/** The sign of the message with these words. */
const sign = (words: string) => page.getByRole('article').filter({ hasText: words }).locator('[data-step]')
const step = async (words: string, expected: string): Promise<void> =>
  sign(words)
    .and(page.locator(`[data-step=${expected}]`))
    .waitFor()

test('a receipt goes at once, a marker when the message is seen', async () => {
  ask(juliet, 'j1', 'Art thou not Romeo?')
  await gets(juliet, 'received', RECEIPTS, 'j1')
  expect(juliet.received.some((stanza) => stanza.getChild('displayed', MARKERS) !== undefined)).toBe(false)
  await chat(/Juliet/).click()
  await gets(juliet, 'displayed', MARKERS, 'j1')
})

test('typing is told both ways, and ends', async () => {
  await composer().pressSequentially('Neither')
  await gets(juliet, 'composing', STATES)
  tell(`<composing xmlns='${STATES}'/>`)
  await header().getByText('typing').waitFor()
  await chat(/Juliet/)
    .getByText('typing')
    .waitFor()
  expect(await violationsOf(page)).toEqual([])
  tell(`<paused xmlns='${STATES}'/>`)
  await header().getByText('Online').waitFor()
})

test('the ticks say what is known, and the message info when', async () => {
  await page.keyboard.press('Enter')
  const message = await juliet.waitForMessage('Neither')
  const id = String(message.attrs['id'])
  expect(message.getChild('request', RECEIPTS)).toBeDefined()
  expect(message.getChild('markable', MARKERS)).toBeDefined()
  expect(message.getChild('active', STATES)).toBeDefined()
  await step('Neither', 'sent')
  tell(`<received xmlns='${RECEIPTS}' id='${id}'/>`)
  await step('Neither', 'delivered')
  expect(await sign('Neither').getAttribute('aria-label')).toMatch(/^Delivered \d\d:\d\d$/)
  nurse.send(
    `<message to='${address('romeo')}' type='chat'><displayed xmlns='${MARKERS}' id='${id}'/></message>`,
  )
  tell(`<displayed xmlns='${MARKERS}' id='${id}'/>`)
  await step('Neither', 'displayed')
  await page.getByRole('article').filter({ hasText: 'Neither' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Message info' }).click()
  const dialog = page.getByRole('dialog', { name: 'Message info' })
  await dialog.getByText('Delivered to a device of theirs').waitFor()
  expect(await dialog.getByText('not known', { exact: true }).count()).toBe(0)
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  // The key was the dialog's alone.
  expect(await composer().isVisible()).toBe(true)
})

test('what the ticks know survives a restart', async () => {
  await linnet.quit()
  linnet = await launchLinnet({ server, profile: linnet.profile })
  page = linnet.page
  await untilOnline(page)
  await chat(/Juliet/).click()
  await step('Neither', 'displayed')
})

test('S19: a stranger gets neither receipt nor marker nor chat state', async () => {
  ask(nurse, 'n1', 'What is thy name?')
  await page.getByRole('button', { name: '1 message request' }).click()
  await page.getByRole('button', { name: /nurse@/ }).click()
  await page.getByRole('article').filter({ hasText: 'What is thy name?' }).waitFor()
  await page.getByRole('button', { name: 'Accept', exact: true }).click()
  await page.getByRole('button', { name: /^Chats/ }).click()
  await chat(/nurse/).click()
  await composer('nurse').pressSequentially('Romeo')
  await page.keyboard.press('Enter')
  const answer = await nurse.waitForMessage('Romeo')
  expect(answer.getChildrenByAttr('xmlns', STATES)).toEqual([])
  const told = nurse.received.filter((stanza) => stanza.is('message') && stanza !== answer)
  expect(told.map(String)).toEqual([])
})

test('a message is scheduled by the keyboard, listed, kept over a restart, changed and sent', async () => {
  await chat(/Juliet/).click()
  await composer().pressSequentially('With love’s light wings')
  await page.keyboard.press('Alt+Enter')
  await page.getByRole('menuitem', { name: /Tomorrow morning, 09:00/ }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('menuitem', { name: 'Choose date and time…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send later' })
  await dialog.getByLabel('Date and time').fill('2020-01-01T09:00')
  await dialog.getByRole('button', { name: 'Schedule' }).click()
  await dialog.getByText('Choose a time that is still to come.').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await dialog.getByLabel('Date and time').fill('2099-01-01T09:00')
  await dialog.getByRole('button', { name: 'Schedule' }).click()
  await page.getByRole('button', { name: '1 scheduled message' }).click()
  await page.getByText('1 January 2099, 09:00').waitFor()
  expect(await composer().inputValue()).toBe('')
  expect(await violationsOf(page)).toEqual([])

  await linnet.quit()
  linnet = await launchLinnet({ server, profile: linnet.profile })
  page = linnet.page
  await untilOnline(page)
  await chat(/Juliet/).click()
  await page.getByRole('button', { name: '1 scheduled message' }).click()
  const list = page.getByRole('region', { name: 'Scheduled messages' })
  await list.getByRole('button', { name: 'Change' }).click()
  await page
    .getByRole('dialog', { name: 'Change scheduled message' })
    .getByLabel('Message')
    .fill('With love’s wings')
  await page.getByRole('button', { name: 'Save' }).click()
  await list.getByText('With love’s wings').waitFor()
  await list.getByRole('button', { name: 'Send now' }).click()
  await juliet.waitForMessage('With love’s wings')
  await list.waitFor({ state: 'detached' })
})

test('a scheduled message goes by itself when its time has come, once', async () => {
  await page.evaluate(async () => {
    const { bridge } = window as unknown as {
      bridge: { invoke(name: string, input: unknown): Promise<unknown> }
    }
    const at = Date.now() + 1500
    const conversationId = 1
    await bridge.invoke('message.schedule', { conversationId, body: 'did I o’erperch', dueAt: at })
    await bridge.invoke('message.schedule', { conversationId, body: 'these walls', dueAt: at + 500 })
  })
  await page.getByRole('button', { name: '2 scheduled messages' }).waitFor()
  await juliet.waitForMessage('these walls')
  expect(juliet.bodies().slice(-2)).toEqual(['did I o’erperch', 'these walls'])
  await page.getByRole('region', { name: 'Scheduled messages' }).waitFor({ state: 'detached' })
})

test('the switches are among the settings', async () => {
  await openSettings(page, 'Privacy')
  for (const name of [/messages have arrived/, /which of their messages I have read/, /when I am typing/]) {
    expect(await page.getByRole('switch', { name }).isChecked()).toBe(true)
  }
  await page.getByRole('switch', { name: /when I am typing/ }).click()
  await page.keyboard.press('Escape')
  await composer().pressSequentially('x')
  await page.keyboard.press('Enter')
  const message = await juliet.waitForMessage('x')
  expect(message.getChild('active', STATES)).toBeUndefined()
})
