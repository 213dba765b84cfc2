/**
 * The first minutes of somebody who has never used XMPP: from the first window to a message that has arrived. Clicks and
 * fills in only what is to be seen, by the names that it is seen by; nothing is asked of the inside of the application.
 */
import element from '@xmpp/xml'
import type { Locator, Page } from 'playwright-core'
import type { Peer } from '../helpers/peer.ts'
import type { Prosody } from '../helpers/prosody.ts'

export interface FirstSteps {
  /** How long a script needs; a person reads as well. */
  readonly seconds: number
  /** Clicks and fields filled in. */
  readonly deeds: number
}

interface Hands {
  readonly deeds: number
  click(what: Locator): Promise<void>
  fill(what: Locator, text: string): Promise<void>
  choose(what: Locator, option: string): Promise<void>
}

const PATIENCE_MS = 20_000

function createHands(): Hands {
  let deeds = 0
  const count = async (deed: Promise<unknown>): Promise<void> => {
    await deed
    deeds += 1
  }
  return {
    get deeds() {
      return deeds
    },
    click: (what) => count(what.click()),
    fill: (what, text) => count(what.fill(text)),
    choose: (what, option) => count(what.selectOption(option)),
  }
}

/** `juliet` accepts who asks, asks in return, and says what has come. */
export async function playFirstSteps(page: Page, server: Prosody, juliet: Peer): Promise<FirstSteps> {
  page.setDefaultTimeout(PATIENCE_MS)
  const started = Date.now()
  const hands = createHands()
  await signUp(page, hands, server)
  await befriend(page, hands, juliet, `newcomer@${server.domain}`)
  await sayHello(page, hands, juliet)
  return { seconds: Math.round((Date.now() - started) / 100) / 10, deeds: hands.deeds }
}

async function signUp(page: Page, hands: Hands, server: Prosody): Promise<void> {
  await hands.click(page.getByRole('button', { name: 'I have no account yet' }))
  await hands.fill(page.getByLabel('Or any other'), server.domain)
  await hands.click(page.getByRole('button', { name: 'Create it here…' }))
  const dialog = page.getByRole('dialog', { name: 'Create an account' })
  // A server that stands in no DNS is told where it is; a public one needs none of these four.
  await hands.click(dialog.getByText('Advanced'))
  await hands.fill(dialog.getByLabel('Host'), '127.0.0.1')
  await hands.fill(dialog.getByLabel('Port'), String(server.tlsPort))
  await hands.choose(dialog.getByLabel('Security'), 'direct-tls')
  await hands.click(dialog.getByRole('button', { name: 'Continue' }))
  await hands.fill(dialog.getByLabel('Username (needed)'), 'newcomer')
  await hands.fill(dialog.getByLabel('Password (needed)'), 'But soft, what light')
  await hands.click(dialog.getByRole('button', { name: 'Create account' }))
  await passProfile(page, hands)
}

/** A name and a picture may wait. */
async function passProfile(page: Page, hands: Hands): Promise<void> {
  await hands.click(page.getByRole('button', { name: 'Skip' }))
  await page.getByRole('button', { name: 'Your presence: Online' }).waitFor()
}

async function befriend(page: Page, hands: Hands, juliet: Peer, own: string): Promise<void> {
  await hands.click(page.getByRole('button', { name: 'Contacts', exact: true }))
  await hands.click(page.getByRole('button', { name: 'Add contact' }).first())
  const dialog = page.getByRole('dialog', { name: 'Add a contact' })
  await hands.fill(dialog.getByLabel('XMPP address'), juliet.bareJid)
  await hands.fill(dialog.getByLabel('Name', { exact: true }), 'Juliet')
  await hands.click(dialog.getByRole('button', { name: 'Add contact', exact: true }))
  await juliet.waitFor((stanza) => stanza.is('presence') && stanza.attrs['type'] === 'subscribe')
  juliet.send(element('presence', { type: 'subscribed', to: own }))
  juliet.send(element('presence', { type: 'subscribe', to: own }))
  await juliet.waitFor((stanza) => stanza.is('presence') && stanza.attrs['type'] === 'subscribed')
}

async function sayHello(page: Page, hands: Hands, juliet: Peer): Promise<void> {
  await hands.click(page.getByRole('row', { name: /Juliet/ }))
  await hands.fill(page.getByRole('textbox', { name: 'Message Juliet' }), 'Hello!')
  await hands.click(page.getByRole('button', { name: 'Send', exact: true }))
  const message = await juliet.waitForMessage('Hello!')
  const receipt = element('received', { xmlns: 'urn:xmpp:receipts', id: message.attrs['id'] as string })
  juliet.send(element('message', { to: message.attrs['from'] as string }, receipt))
  await page
    .getByRole('log')
    .getByRole('img', { name: /^Delivered/ })
    .waitFor()
}
