/**
 * A server that wants to see that a person comes (XEP-0158): its picture is shown and its answer sent, a wrong one is asked
 * for anew with what was filled in kept, and what lies on the web is not loaded.
 */
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchLinnet, removeProfile, type Linnet } from '../helpers/app.ts'
import { pngOf } from '../helpers/pictures.ts'
import {
  certificatesFor,
  DOMAIN,
  startScripted,
  type Client,
  type ScriptedServer,
} from '../helpers/scripted-server.ts'
import { violationsOf } from './screens.ts'

const FIRST = pngOf(200, 60, [20, 90, 160])
const SECOND = pngOf(120, 60, [160, 60, 20])

let certificates: ReturnType<typeof certificatesFor>
let server: ScriptedServer
let web: Server
let fetched = 0
let said = ''
let linnet: Linnet
let page: Page

beforeAll(async () => {
  certificates = certificatesFor(DOMAIN)
  web = createServer((_, answer) => {
    fetched += 1
    answer.end()
  })
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  server = await startScripted(script, { certificates })
  linnet = await launchLinnet({ server: certificates })
  page = linnet.page
  page.setDefaultTimeout(20_000)
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  await server.close()
  await new Promise((resolve) => web.close(resolve))
  certificates.dispose()
})

async function script(client: Client, connection: number): Promise<void> {
  // The sign-in that follows finds nobody: what is tested here is over by then.
  if (connection > 1) return client.destroy()
  await client.startTls()
  await client.greet("<register xmlns='http://jabber.org/features/iq-register'/>")
  client.send(formWith(await idOf(client, 'get'), 'one', FIRST))
  client.send(refusal(await idOf(client, 'set')))
  client.send(formWith(await idOf(client, 'get'), 'two', SECOND))
  const id = await idOf(client, 'set')
  await client.expect(/<\/iq>/)
  said = client.said
  client.send(`<iq type='result' id='${id}'/>`)
}

const idOf = async (client: Client, type: string): Promise<string> =>
  (await client.expect(new RegExp(`<iq[^>]*type="${type}"[^>]* id="([^"]+)"`), 60_000))[1] ?? ''

const refusal = (id: string): string =>
  `<iq type='error' id='${id}'><error type='cancel'><not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>` +
  '<text xmlns="urn:ietf:params:xml:ns:xmpp-stanzas">The CAPTCHA verification has failed</text></error></iq>'

/** As ejabberd sends it: the picture beside the form, and the same on the web. */
function formWith(id: string, challenge: string, picture: Buffer): string {
  const cid = `sha1+${createHash('sha1').update(picture).digest('hex')}@bob.xmpp.org`
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/captcha/${challenge}/image`
  const media =
    `<media xmlns='urn:xmpp:media-element'><uri type='image/png'>${url}</uri>` +
    `<uri type='image/png'>cid:${cid}</uri><uri type='audio/x-wav'>${url}.wav</uri></media>`
  const form =
    `<x xmlns='jabber:x:data' type='form'><field type='hidden' var='FORM_TYPE'><value>jabber:iq:register</value></field>` +
    `<field type='hidden' var='challenge'><value>${challenge}</value></field>` +
    `<field type='text-single' var='username'><required/></field><field type='text-private' var='password'><required/></field>` +
    `<field type='text-single' var='ocr'><required/>${media}</field></x>`
  const data = `<data xmlns='urn:xmpp:bob' cid='${cid}' max-age='0' type='image/png'>${picture.toString('base64')}</data>`
  return `<iq type='result' id='${id}' from='${DOMAIN}'><query xmlns='jabber:iq:register'>${form}${data}</query></iq>`
}

const dialog = () => page.getByRole('dialog', { name: 'Create an account' })
const picture = () => dialog().getByRole('img', { name: /Picture from the server/ })

test('the picture is shown, and nothing is fetched from the web', async () => {
  await page.getByRole('button', { name: 'I have no account yet' }).click()
  await page.getByLabel('Or any other').fill(DOMAIN)
  await page.getByRole('button', { name: 'Create it here…' }).click()
  await dialog().getByText('Advanced').click()
  await dialog().getByLabel('Host').fill('127.0.0.1')
  await dialog().getByLabel('Port').fill(String(server.port))
  await dialog().getByLabel('Security').selectOption('starttls')
  await dialog().getByRole('button', { name: 'Continue' }).click()
  await picture().waitFor()
  expect(await picture().boundingBox()).toMatchObject({ width: 200 })
  await dialog()
    .getByRole('button', { name: /one\/image\.wav/ })
    .waitFor()
  expect(await violationsOf(page)).toEqual([])
})

test('a wrong answer: another picture, with what was filled in kept', async () => {
  await dialog().getByLabel('User name (needed)').fill('newcomer')
  await dialog().getByLabel('Password (needed)').fill('But soft')
  await dialog().getByLabel('The characters in the picture (needed)').fill('8nHL3')
  await dialog().getByRole('button', { name: 'Create account' }).click()
  await dialog().getByText('The server did not take it, perhaps because of the answer').waitFor()
  await expect.poll(async () => (await picture().boundingBox())?.width).toBe(120)
  expect(await dialog().getByLabel('User name (needed)').inputValue()).toBe('newcomer')
  expect(await dialog().getByLabel('The characters in the picture (needed)').inputValue()).toBe('')
})

test('the right answer goes with the challenge that it answers', async () => {
  await dialog().getByLabel('The characters in the picture (needed)').fill('7nHL3')
  await dialog().getByRole('button', { name: 'Create account' }).click()
  await dialog().getByText('The account was made.').waitFor()
  const last = said.slice(said.lastIndexOf('<iq'))
  expect(last).toMatch(/var="challenge"[^>]*><value>two<\/value>/)
  expect(last).toMatch(/var="ocr"[^>]*><value>7nHL3<\/value>/)
  expect(fetched).toBe(0)
  expect(server.errors).toEqual([])
})
