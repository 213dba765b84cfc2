/** Dialogs of a chat, its messages, and people. */
import type { DialogStep } from './dialogs.types.ts'
import type { Hand } from './hand.ts'

const message =
  (entry: RegExp) =>
  async (hand: Hand): Promise<void> => {
    await hand.press('ContextMenu')
    await hand.choose(entry)
  }
const lastMessage = (hand: Hand): Promise<void> => hand.lastMessage()
const chatMenu = {
  go: (hand: Hand) => hand.tabTo(/^button Conversation menu/),
  open: (entry: RegExp) => (hand: Hand) => hand.menu(/^button Conversation menu/, entry),
}
const person = {
  go: (name: RegExp) => async (hand: Hand) => {
    await hand.pane('Contacts')
    await hand.row(name)
  },
  open: message,
}

export const CHAT_DIALOGS: readonly DialogStep[] = [
  {
    of: 'components/message/MessageInfoDialog.svelte',
    title: 'Message info',
    go: lastMessage,
    open: message(/^menuitem Message info/),
  },
  {
    of: 'components/actions/RemoveDialog.svelte',
    title: /^Delete/,
    go: lastMessage,
    open: message(/^menuitem Delete/),
  },
  {
    of: 'screens/replies/ForwardDialog.svelte',
    title: /^Forward/,
    go: lastMessage,
    open: message(/^menuitem Forward/),
  },
  {
    of: 'components/actions/VersionsDialog.svelte',
    title: 'Earlier versions',
    given: async ({ juliet, page }) => {
      const id = juliet.say('romeo@chat.test', 'O gentle Rome')
      await page.getByText('O gentle Rome', { exact: true }).first().waitFor()
      juliet.send(
        `<message to='romeo@chat.test' type='chat' id='fixed'><body>O gentle Romeo</body><replace xmlns='urn:xmpp:message-correct:0' id='${id}'/></message>`,
      )
      await page.getByText('edited', { exact: true }).first().waitFor()
    },
    go: (hand) => hand.tabTo(/edited/i),
    open: (hand) => hand.press('Enter'),
  },
  {
    of: 'components/schedule/ScheduleDialog.svelte',
    title: 'Send later',
    go: async (hand) => {
      await hand.type('Good night')
      await hand.tabTo(/^button Send later/)
    },
    open: (hand) => hand.menu(/Send later/, /Choose date/),
  },
  {
    of: 'components/message/DateDialog.svelte',
    title: 'Jump to a date',
    go: chatMenu.go,
    open: chatMenu.open(/Jump to a date/),
  },
  {
    of: 'screens/history/DeleteHistoryDialog.svelte',
    title: /^Delete the history/,
    go: chatMenu.go,
    open: chatMenu.open(/Delete history/),
  },
  {
    of: 'screens/dialogs/RemoveContactDialog.svelte',
    title: /^Remove Juliet/,
    go: person.go(/Juliet/),
    open: person.open(/^menuitem Remove…/),
  },
  {
    of: 'screens/availability/BlockDialog.svelte',
    title: /^Block Juliet/,
    go: person.go(/Juliet/),
    open: person.open(/^menuitem Block…/),
  },
  {
    of: 'screens/availability/EndSubscriptionDialog.svelte',
    title: /^Stop showing/,
    go: person.go(/Juliet/),
    open: person.open(/Stop showing/),
  },
  {
    of: 'screens/people/MoveContactDialog.svelte',
    title: /^Move Juliet/,
    go: person.go(/Juliet/),
    open: person.open(/Move to group/),
  },
  {
    of: 'screens/people/RenameGroupDialog.svelte',
    title: /^Rename group/,
    go: person.go(/Capulets/),
    open: person.open(/Rename/),
  },
  {
    of: 'screens/availability/AskDialog.svelte',
    title: /^Ask Nurse/,
    go: async (hand) => {
      await hand.pane('Contacts')
      if (await hand.page.getByRole('button', { name: 'Show contacts who are offline' }).isVisible()) {
        await hand.tabTo(/^button Show contacts who are offline/)
        await hand.press('Enter')
      }
      await hand.page.getByRole('row', { name: /Nurse/ }).waitFor()
      await hand.row(/Nurse/)
    },
    open: person.open(/Ask to see/),
  },
  {
    of: 'screens/services/DeviceCommandsDialog.svelte',
    title: /^Commands of/,
    go: person.go(/Juliet/),
    open: person.open(/Commands/),
  },
  {
    of: 'screens/people/ImportDialog.svelte',
    title: 'Import contacts',
    given: async ({ linnet, importFile }) => {
      await linnet.app.evaluate(({ dialog }, filePath) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
      }, importFile)
    },
    go: (hand) => hand.pane('Contacts').then(() => hand.tabTo(/^button List options/)),
    open: async (hand) => {
      await hand.menu(/List options/, /Import contacts/)
      await hand.page.getByRole('dialog').waitFor()
      await hand.tabTo(/Choose a file/)
      await hand.press('Enter')
    },
  },
  {
    of: 'screens/dialogs/RequestDialog.svelte',
    title: /wants to see when you are online/,
    given: ({ tybalt }) => tybalt.send(`<presence to='romeo@chat.test' type='subscribe'/>`),
    go: async (hand) => {
      await hand.pane('Notices')
      await hand.tabTo(/^button .*tybalt Account/)
    },
    open: (hand) => hand.press('Enter'),
  },
  {
    of: 'screens/requests/BlockStrangerDialog.svelte',
    title: /^Block tybalt/,
    given: ({ tybalt }) => void tybalt.say('romeo@chat.test', 'Boy, this shall not excuse the injuries'),
    go: async (hand) => {
      await hand.pane('Notices')
      await hand.tabTo(/^button .*tybalt@chat.test Account/)
      await hand.press('Enter')
      await hand.tabTo(/^button Block/)
    },
    open: (hand) => hand.press('Enter'),
  },
]
