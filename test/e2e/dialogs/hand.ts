/** Ways through the main window by the keyboard alone. */
import type { Page } from 'playwright-core'
import { chooseEntry, focused, tabTo } from '../keyboard.ts'

export type Pane = 'Chats' | 'Contacts' | 'Inbox' | 'Notices' | 'Services'

export interface Hand {
  readonly page: Page
  press(...keys: readonly string[]): Promise<void>
  type(text: string): Promise<void>
  tabTo(name: RegExp): Promise<void>
  /** Opens a conversation by its name; the focus is in its composer. */
  chat(name: string): Promise<void>
  /** Shows a list; the focus is in it. */
  pane(name: Pane): Promise<void>
  /** The row of a list, with its menu one key away. */
  row(name: RegExp): Promise<void>
  settings(name: string): Promise<void>
  /** Within what arrow keys walk through: tabs, say. */
  to(name: RegExp): Promise<void>
  choose(entry: RegExp): Promise<void>
  /** A menu opened from its button, and an entry of it. */
  menu(button: RegExp, entry: RegExp): Promise<void>
  /** The last message, chosen. */
  lastMessage(): Promise<void>
}

export function createHand(page: Page): Hand {
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const until = async (name: RegExp): Promise<void> => {
    for (const end = Date.now() + 20_000; !name.test(await focused(page));) {
      if (Date.now() > end) throw new Error(`the focus is in ${await focused(page)}, not in ${String(name)}`)
    }
  }
  const walkTo = async (name: RegExp, key = 'ArrowDown'): Promise<void> => {
    for (let steps = 0; steps < 40; steps += 1) {
      if (name.test(await focused(page))) return
      await press(key)
      // Only what has been drawn can be looked at.
      await page.evaluate(() => new Promise(requestAnimationFrame))
    }
    throw new Error(`no ${String(name)} in the list; it ends with ${await focused(page)}`)
  }
  const hand: Hand = {
    page,
    press,
    type: (text) => page.keyboard.type(text),
    tabTo: (name) => tabTo(page, name),
    async chat(name) {
      await press('Control+k')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.type(name)
      await page.getByRole('dialog').getByRole('option', { name }).first().waitFor()
      await press('Enter')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      await tabTo(page, /^textarea (Message|Write a note)/)
    },
    async pane(name) {
      await press('F6')
      await tabTo(page, new RegExp(`^button ${name}`))
      await press('Enter', 'F6')
    },
    async row(name) {
      await tabTo(page, /^(option|row|treegrid|grid|listbox)/)
      await press('Home')
      await walkTo(name)
    },
    async settings(name) {
      await press('Control+,')
      await until(/^tab/)
      await walkTo(new RegExp(`^tab ${name}`))
      await press('Enter')
    },
    to: (name) => walkTo(name, 'ArrowRight'),
    choose: (entry) => chooseEntry(page, entry),
    async menu(button, entry) {
      await tabTo(page, button)
      await press('Enter')
      await chooseEntry(page, entry)
    },
    async lastMessage() {
      await page.getByRole('article').last().waitFor()
      await press('Control+ArrowUp')
      await until(/^article/)
    },
  }
  return hand
}
