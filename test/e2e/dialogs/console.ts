/** The XML console is a window of its own: opened, looked at and left by keys alone. */
import { focused, roundOf, tabTo } from '../keyboard.ts'
import type { Hand } from './hand.ts'
import { barriers, goHome, prepareAxe } from './runner.ts'
import type { Stage } from './stage.ts'

/** The component of the dialog in it. */
export const CONSOLE_DIALOG = 'components/console/StanzaEditor.svelte'

const CHANGES_PASSWORD = `<iq type="set" id="p"><query xmlns="jabber:iq:register"><username>romeo</username><password>x</password></query></iq>`

export async function tryStanzaDialog({ linnet }: Stage, hand: Hand): Promise<string[]> {
  await goHome(hand)
  const coming = linnet.nextWindow()
  await hand.settings('Accounts')
  await hand.tabTo(/^button XML console/)
  await hand.press('Enter')
  const page = await coming
  await page.getByRole('textbox', { name: 'Write a stanza' }).waitFor()
  await prepareAxe(page)
  const found = [
    ...(await barriers(page)),
    ...(await roundOf(page, 'Tab')),
    ...(await roundOf(page, 'Shift+Tab')),
  ]
  await tabTo(page, /^textarea Write a stanza/)
  await page.keyboard.type(CHANGES_PASSWORD)
  await tabTo(page, /^button Send stanza/)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Send this stanza?' })
  await dialog.waitFor()
  found.push(...(await barriers(page)), ...(await roundOf(page, 'Tab', 'dialog[open]')))
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  const back = await focused(page)
  if (!back.includes('Send stanza')) found.push(`the focus went to ${back}`)
  await page.close()
  await goHome(hand)
  return found
}
