/** The screens that are no dialogs, and what opens over them. */
import type { ScreenStep } from './dialogs.types.ts'
import type { Hand } from './hand.ts'

const page = (name: string, more?: (hand: Hand) => Promise<void>): ScreenStep => ({
  name: `settings, ${name}`,
  open: async (hand) => {
    await hand.settings(name)
    await more?.(hand)
  },
})
const service = (tab: RegExp): ScreenStep => ({
  name: `a service, ${String(tab)}`,
  open: async (hand) => {
    await hand.pane('Services')
    await hand.row(/irc.chat.test/)
    await hand.press('Enter')
    await hand.page.getByText('Gateway to IRC').waitFor()
    await hand.tabTo(/^tab/)
    await hand.to(tab)
  },
})
const details = (tab: RegExp): ScreenStep => ({
  name: `a room's details, ${String(tab)}`,
  open: async (hand) => {
    await hand.chat('The Hall')
    await hand.menu(/^button Room menu/, /Room details/)
    await hand.page.getByRole('dialog').waitFor()
    await hand.tabTo(/^tab/)
    await hand.to(tab)
  },
})

export const SCREENS: readonly ScreenStep[] = [
  { name: 'a chat', open: (hand) => hand.chat('Juliet') },
  { name: 'contacts', open: (hand) => hand.pane('Contacts') },
  { name: 'the inbox', open: (hand) => hand.pane('Inbox') },
  { name: 'notices', open: (hand) => hand.pane('Notices') },
  { name: 'services', open: (hand) => hand.pane('Services') },
  { name: 'a contact', open: (hand) => hand.press('Control+i') },
  {
    name: 'a message with a subject',
    given: ({ juliet, page: window }) => {
      juliet.send(`<message to='romeo@chat.test'><subject>The feast</subject><body>At ten</body></message>`)
      return window.getByRole('button', { name: /^Inbox 1/ }).waitFor()
    },
    open: async (hand) => {
      await hand.pane('Inbox')
      await hand.row(/The feast/)
      await hand.press('Enter')
      await hand.page.getByRole('main').getByText('At ten').waitFor()
    },
  },
  {
    name: 'a notice',
    given: ({ juliet, page: window }) => {
      juliet.send(`<message to='romeo@chat.test' type='headline'><body>The Prince has come</body></message>`)
      return window.getByRole('button', { name: /^Notices \d/ }).waitFor()
    },
    open: async (hand) => {
      await hand.pane('Notices')
      await hand.row(/The Prince/)
      await hand.press('Enter')
      await hand.page.getByRole('main').getByText('The Prince has come').waitFor()
    },
  },
  { name: 'a room', open: (hand) => hand.chat('The Hall') },
  {
    name: 'search everywhere',
    open: async (hand) => {
      await hand.press('Control+Shift+f')
      await hand.tabTo(/^searchbox|^input Search/)
      await hand.type('gentle')
      await hand.page.getByRole('listbox', { name: 'Messages found' }).waitFor()
    },
    close: async (hand) => {
      await hand.tabTo(/^button Close search/)
      await hand.press('Enter')
    },
  },
  {
    name: 'search in a chat',
    open: async (hand) => {
      await hand.press('Control+f')
      await hand.type('gentle')
      await hand.page.getByRole('searchbox', { name: /Search/ }).waitFor()
    },
    close: async (hand) => {
      await hand.tabTo(/^searchbox/)
      await hand.press('Escape')
    },
  },
  service(/^tab Overview/),
  service(/^tab Contents/),
  service(/^tab What it can do/),
  page('General'),
  page('Accounts'),
  page('Notifications'),
  page('Privacy'),
  page('Appearance'),
  page('Shortcuts'),
  page('Advanced'),
  page('General', async (hand) => {
    await hand.tabTo(/Search settings/)
    await hand.type('sound')
    await hand.page
      .getByRole('tabpanel', { name: 'Results' })
      .or(hand.page.getByText(/found/))
      .first()
      .waitFor()
  }),
  details(/^tab Lists/),
  details(/^tab Settings/),
]

/** What opens over a screen and is no dialog: Escape gives the focus back to where it was. */
export const OVERLAYS: readonly ScreenStep[] = [
  {
    name: 'menu of a message',
    go: (hand) => hand.lastMessage(),
    open: (hand) => hand.press('ContextMenu'),
  },
  {
    name: 'menu of a chat',
    go: (hand) => hand.tabTo(/^button Conversation menu/),
    open: (hand) => hand.press('Enter'),
  },
  {
    name: 'menu of a row',
    go: async (hand) => {
      await hand.pane('Chats')
      await hand.row(/Juliet/)
    },
    open: (hand) => hand.press('ContextMenu'),
  },
  {
    name: 'menu of the own presence',
    go: async (hand) => {
      await hand.press('F6')
      await hand.tabTo(/Your presence/)
    },
    open: (hand) => hand.press('Enter'),
  },
  { name: 'emoji to write', open: (hand) => hand.press('Control+e') },
  {
    name: 'emoji to react with',
    go: (hand) => hand.lastMessage(),
    open: (hand) => hand.press('a'),
  },
]
