/** Dialogs of rooms and services. */
import type { DialogStep } from './dialogs.types.ts'
import type { Hand } from './hand.ts'

/** Joins by keys, too. */
export async function joinHall(hand: Hand): Promise<void> {
  const dialog = hand.page.getByRole('dialog')
  await hand.press('Control+Shift+j')
  await dialog.waitFor()
  await hand.type('hall@conference.chat.test')
  await hand.press('Enter')
  await dialog.getByRole('button', { name: 'Join', exact: true }).waitFor()
  await hand.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  await hand.tabTo(/Message The Hall/)
  await hand.type('Is she a Capulet?')
  await hand.press('Enter')
}

const toRoom = async (hand: Hand): Promise<void> => {
  await hand.chat('The Hall')
  await hand.tabTo(/^button Room menu/)
}
const room = (entry: RegExp) => (hand: Hand) => hand.menu(/^button Room menu/, entry)
const fromDetails = (button: RegExp) => async (hand: Hand) => {
  await room(/Room details/)(hand)
  await hand.page.getByRole('dialog').waitFor()
  await hand.tabTo(button)
  await hand.press('Enter')
}
const gateway = (button: RegExp) => async (hand: Hand) => {
  await hand.pane('Services')
  await hand.row(/irc.chat.test/)
  await hand.press('Enter')
  await hand.page.getByText('Gateway to IRC').waitFor()
  await hand.tabTo(button)
}
/** It is asked anew what it says of us. */
const registered = (button: RegExp) => async (hand: Hand) => {
  await gateway(/^button Ask again/)(hand)
  await hand.press('Enter')
  await hand.page.getByText('You are registered here.').waitFor()
  await hand.tabTo(button)
}
const enter = (hand: Hand): Promise<void> => hand.press('Enter')

export const ROOM_DIALOGS: readonly DialogStep[] = [
  { of: 'screens/rooms/DetailsDialog.svelte', title: 'The Hall', go: toRoom, open: room(/Room details/) },
  { of: 'screens/rooms/InviteDialog.svelte', title: /^Invite people/, go: toRoom, open: room(/Invite/) },
  { of: 'screens/rooms/LeaveDialog.svelte', title: /^Leave/, go: toRoom, open: room(/Leave/) },
  {
    of: 'screens/rooms/DestroyDialog.svelte',
    title: /^Destroy/,
    go: toRoom,
    open: fromDetails(/^button Destroy/),
  },
  {
    of: 'screens/rooms/ReasonDialog.svelte',
    title: /^Remove Juliet/,
    go: async (hand) => {
      await hand.chat('The Hall')
      const people = hand.page.getByRole('region', { name: /People in/ })
      if (!(await people.isVisible())) {
        await hand.tabTo(/^button (2 people|People)/)
        await hand.press('Enter')
      }
      await people.waitFor()
      await hand.tabTo(/^(option|listbox|row|grid)/)
      await hand.row(/Juliet/)
    },
    open: async (hand) => {
      await hand.press('ContextMenu')
      await hand.choose(/Remove from the room/)
    },
  },
  {
    of: 'components/rooms/ReadersDialog.svelte',
    title: /read/i,
    given: async ({ page, juliet }) => {
      const said = await juliet.waitFor((one) => one.getChildText('body') === 'Is she a Capulet?')
      const id = String(said.getChild('stanza-id')?.attrs['id'])
      const read = `<displayed xmlns='urn:xmpp:chat-markers:0' id='${id}'/>`
      juliet.send(`<message to='hall@conference.chat.test' type='groupchat' id='read'>${read}</message>`)
      await page.getByRole('button', { name: 'Read by Juliet' }).waitFor()
    },
    go: (hand) => hand.chat('The Hall').then(() => hand.tabTo(/^button Read by/)),
    open: enter,
  },
  {
    of: 'screens/services/RegisterDialog.svelte',
    title: /^Register with/,
    go: gateway(/^button Register…/),
    open: enter,
  },
  {
    of: 'screens/services/CommandDialog.svelte',
    title: 'Change your nickname',
    go: gateway(/^button Change your nickname/),
    open: enter,
  },
  {
    of: 'screens/services/GatewayContactDialog.svelte',
    title: /^Add someone of/,
    given: ({ register }) => register(),
    go: registered(/Add someone/),
    open: enter,
  },
  {
    of: 'screens/services/UnregisterDialog.svelte',
    title: /^End your registration/,
    go: registered(/End registration/),
    open: enter,
  },
]
