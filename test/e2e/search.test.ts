/** Searching in the real application: the worker, the index that fills by itself, one chat and all of them. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import { openStorage } from '../../src-main/storage/index.ts'
import { newProfile, removeProfile, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { launchSignedIn, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'
const DAY_MS = 86_400_000

let server: Prosody
let juliet: Peer
let linnet: Linnet
let page: Page

const address = (name: string): string => `${name}@${server.domain}`

/** A history as a run of an earlier Linnet would have left it: nothing of it is in the index. */
function writeHistory(profile: string): void {
  const { storage } = openStorage({ file: join(profile, 'linnet.sqlite'), now: Date.now })
  const own = address('romeo') as BareJid
  const account = storage.insertAccount({
    ...{ jid: own, enabled: true, resource: 'e2e', remember: true, security: 'automatic' },
  })
  const start = Date.now() - 400 * DAY_MS
  for (const name of ['juliet', 'nurse']) {
    const counterpart = address(name) as BareJid
    const conversation = storage.insertConversation(account.id, counterpart, start)
    storage.transaction(() => {
      for (let index = 0; index < 400; index += 1) {
        storage.insertMessage({
          ...{ accountId: account.id, conversationId: conversation.id, direction: 'in', sender: counterpart },
          body: `${name} line ${index}${index % 100 === 99 ? ' wherefore art thou' : ''}${index === 3 ? ' 我们明天见' : ''}`,
          ...{
            sentAt: start + index * 60_000,
            state: 'received',
            unread: false,
            messageId: `${name}-${index}`,
          },
        })
      }
    })
  }
  storage.close()
}

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [{ jid: address('juliet'), name: 'Juliet' }])
  server.setRoster('juliet', [{ jid: address('romeo') }])
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  const profile = newProfile()
  writeHistory(profile)
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD }, { profile })
  page = linnet.page
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  juliet.close()
  await server.dispose()
})

const results = () => page.getByRole('listbox', { name: 'Messages found' })
const field = () => page.getByRole('searchbox', { name: 'Search in all chats' })
const log = () => page.getByRole('log')

test('over all chats: words, phrases and two Chinese characters, the newest first; Enter jumps there', async () => {
  await page.keyboard.press('Control+Shift+F')
  await field().fill('wherefore')
  await expect.poll(() => results().getByRole('option').count()).toBe(8)
  await expect
    .poll(() => results().getByRole('option').first().textContent())
    .toMatch(/line 399 wherefore art/)
  expect(await results().locator('mark').first().textContent()).toBe('wherefore')
  expect(await violationsOf(page)).toEqual([])

  await field().fill('"thou wherefore"')
  await page.getByText('Nothing found').waitFor()
  await field().fill('明天')
  await results()
    .getByRole('option', { name: /Juliet.*line 3 我们明天见/ })
    .waitFor()
  await expect.poll(() => results().getByRole('option').count()).toBe(2)

  await field().press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await log().getByText('line 3 我们明天见').waitFor()
})

test('what just came is found at once, in the chat that it came in', async () => {
  juliet.send(
    `<message to='${address('romeo')}' id='new' type='chat'><body>Parting is such sweet sorrow</body></message>`,
  )
  await field().fill('sweet sor')
  await results()
    .getByRole('option', { name: /Juliet.*sweet sorrow/ })
    .click()
  await log().getByText('sweet sorrow').waitFor()
  await field().press('Escape')
  await field().press('Escape')
  await page.getByRole('heading', { name: 'Chats' }).waitFor()
})

test('in one chat: how many there are, from one to the next, and out of it again', async () => {
  await page.keyboard.press('Control+F')
  const search = page.getByRole('search', { name: 'Search in this chat' })
  await search.getByRole('searchbox').fill('wherefore')
  await search.getByText('1 of 4').waitFor()
  await log().getByText('juliet line 399').waitFor()
  await search.getByRole('button', { name: 'Older message' }).click()
  await search.getByText('2 of 4').waitFor()
  await log().getByText('juliet line 299').waitFor()
  await expect
    .poll(() =>
      page.evaluate(() =>
        [...(CSS.highlights.get('search-found') ?? [])].map((range) => (range as Range).toString()),
      ),
    )
    .toContain('wherefore')
  await search.getByRole('searchbox').press('Shift+Enter')
  await search.getByText('1 of 4').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await search.getByRole('button', { name: 'Close search' }).click()
  await search.waitFor({ state: 'hidden' })
  expect(await page.evaluate(() => CSS.highlights.has('search-found'))).toBe(false)
})
