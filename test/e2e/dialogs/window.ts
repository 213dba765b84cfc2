/** Dialogs of the window itself, of settings and of accounts. */
import type { DialogStep } from './dialogs.types.ts'
import type { Hand } from './hand.ts'

const inSettings =
  (page: string, button: RegExp) =>
  async (hand: Hand): Promise<void> => {
    await hand.settings(page)
    await hand.tabTo(button)
    await hand.press('Enter')
  }

const inContacts = (hand: Hand): Promise<void> =>
  hand.pane('Contacts').then(() => hand.tabTo(/^button List options/))

/** What is wrong with several accounts is one line, opened once. */
async function trouble(hand: Hand): Promise<void> {
  await hand.tabTo(/^button Details/)
  if ((await hand.page.getByRole('button', { name: 'Details', expanded: false }).count()) > 0)
    await hand.press('Enter')
}

export const WINDOW_DIALOGS: readonly DialogStep[] = [
  { of: 'screens/dialogs/SwitcherDialog.svelte', title: 'Jump to', open: (hand) => hand.press('Control+k') },
  {
    of: 'screens/dialogs/AddContactDialog.svelte',
    title: 'Add a contact',
    open: (hand) => hand.press('Control+n'),
  },
  {
    of: 'screens/rooms/JoinDialog.svelte',
    title: 'Join a room',
    open: (hand) => hand.press('Control+Shift+j'),
  },
  {
    of: 'screens/dialogs/ShortcutsDialog.svelte',
    title: 'Keyboard shortcuts',
    open: (hand) => hand.press('F1'),
  },
  {
    of: 'screens/settings/SettingsDialog.svelte',
    title: 'Settings',
    open: (hand) => hand.press('Control+,'),
  },
  { of: 'screens/about/AboutDialog.svelte', title: /About/, open: inSettings('Advanced', /About|licences/i) },
  { of: 'screens/about/ReportDialog.svelte', title: /report/i, open: inSettings('Advanced', /report/i) },
  {
    of: 'screens/history/ExportDialog.svelte',
    title: 'Export all chats',
    open: inSettings('General', /Export all/),
  },
  {
    of: 'screens/history/BackupDialog.svelte',
    title: 'Back up Linnet',
    open: inSettings('General', /Back up/),
  },
  { of: 'screens/history/RestoreDialog.svelte', title: /Restore/, open: inSettings('General', /Restore/) },
  {
    of: 'screens/availability/BlockListDialog.svelte',
    title: 'Blocked addresses',
    open: inSettings('Accounts', /Blocked/),
  },
  {
    of: 'screens/accounts/ConnectionDialog.svelte',
    title: /^Connection of/,
    open: inSettings('Accounts', /Connection…/),
  },
  {
    of: 'screens/accounts/ChangePasswordDialog.svelte',
    title: /^Change the password/,
    open: inSettings('Accounts', /Change password…/),
  },
  {
    of: 'screens/accounts/DeleteAccountDialog.svelte',
    title: /for ever/,
    open: inSettings('Accounts', /Delete on the server/),
  },
  {
    of: 'screens/dialogs/RemoveAccountDialog.svelte',
    title: /^Remove/,
    open: inSettings('Accounts', /Remove…/),
  },
  {
    of: 'screens/accounts/AddAccountDialog.svelte',
    title: 'Add an account',
    open: inSettings('Accounts', /Add account/),
  },
  {
    of: 'screens/dialogs/PasswordDialog.svelte',
    title: 'Enter your password',
    go: (hand) => trouble(hand).then(() => hand.tabTo(/Enter (the )?password/i)),
    open: (hand) => hand.press('Enter'),
  },
  {
    of: 'screens/accounts/CertificateDialog.svelte',
    title: 'Certificate',
    go: (hand) => trouble(hand).then(() => hand.tabTo(/Certificate…/)),
    open: (hand) => hand.press('Enter'),
  },
  {
    of: 'screens/dialogs/StatusDialog.svelte',
    title: /status/i,
    go: async (hand) => {
      await hand.press('F6')
      await hand.tabTo(/Your presence/)
    },
    open: async (hand) => {
      await hand.press('Enter')
      await hand.choose(/status text/)
    },
  },
  {
    of: 'screens/rooms/NewRoomDialog.svelte',
    title: 'New group or channel',
    go: (hand) => hand.pane('Chats').then(() => hand.tabTo(/New chat or room/)),
    open: (hand) => hand.menu(/New chat or room/, /New group/),
  },
  {
    of: 'screens/invites/InviteDialog.svelte',
    title: 'Invite someone',
    go: inContacts,
    open: (hand) => hand.menu(/List options/, /Invite/),
  },
  {
    of: 'screens/people/RosterFileDialog.svelte',
    title: /Export contacts|Contact/,
    go: inContacts,
    open: (hand) => hand.menu(/List options/, /Export contacts/),
  },
  {
    of: 'screens/inbox/ComposeDialog.svelte',
    title: 'New message',
    go: (hand) => hand.pane('Inbox').then(() => hand.tabTo(/New message/)),
    open: (hand) => hand.press('Enter'),
  },
  {
    of: 'screens/dialogs/LinkDialog.svelte',
    title: /A link wants|Join this room/,
    given: ({ juliet }) => void juliet.say('romeo@chat.test', 'xmpp:hall@conference.chat.test?join'),
    go: async (hand) => {
      await hand.page
        .getByRole('link', { name: /hall@conference/ })
        .first()
        .waitFor()
      await hand.tabTo(/hall@conference/)
    },
    open: (hand) => hand.press('Enter'),
  },
]
