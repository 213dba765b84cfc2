/** What the window's shortcuts do. */
import type { Linnet } from '../stores/linnet.svelte.ts'
import { likelyAccount } from '../stores/likely-account.ts'
import { shortcutOf, stepFrom, type Shortcut } from './shortcuts.ts'

const PANES = {
  'show-chats': 'chats',
  'show-contacts': 'contacts',
  'show-inbox': 'inbox',
  'show-notices': 'notices',
  'show-services': 'services',
} as const

/** What moves through the window. */
function createMoves(linnet: Linnet, root: () => HTMLElement | undefined) {
  const { navigation, conversations } = linnet

  function showNth(index: number | undefined): void {
    const conversation = index === undefined ? undefined : conversations.shown[index]
    if (conversation === undefined) return
    navigation.pane = 'chats'
    navigation.showConversation(conversation.id)
  }

  function step(by: 1 | -1): void {
    const current = conversations.shown.findIndex(({ id }) => id === navigation.conversationId)
    showNth(stepFrom(current, by, conversations.shown.length))
  }

  /** The page of whom the conversation is with; pressed again, the conversation. */
  function toggleContactPage(): void {
    if (navigation.page?.kind === 'contact') return navigation.showPage(undefined)
    const conversation = conversations.find(navigation.conversationId)
    if (conversation === undefined || conversation.kind === 'private') return
    if (conversation.kind === 'room') {
      navigation.dialog = { kind: 'room-details', conversationId: conversation.id }
      return
    }
    navigation.showPage({
      kind: 'contact',
      accountId: conversation.accountId,
      jid: conversation.counterpart,
    })
  }

  function leaveConversation(): void {
    const behind = navigation.conversationId !== undefined
    if (navigation.page?.kind === 'contact' && behind) return navigation.showPage(undefined)
    if (!behind && navigation.page === undefined) return
    navigation.showConversation(undefined)
    focusIn(root()?.querySelector('.list'))
  }

  function movePane(by: 1 | -1): void {
    const panes = [...(root()?.querySelectorAll('[data-pane]') ?? [])].filter((pane) =>
      pane.checkVisibility(),
    )
    const current = panes.findIndex((pane) => pane.contains(document.activeElement))
    focusIn(panes[(current + by + panes.length) % panes.length])
  }

  function showPane(name: keyof typeof PANES): void {
    navigation.pane = PANES[name]
    requestAnimationFrame(() => focusIn(root()?.querySelector('.list')))
  }

  function invite(): void {
    const accountId = likelyAccount(linnet)
    if (accountId !== 0) navigation.dialog = { kind: 'invite', accountId }
  }

  return { invite, showNth, step, toggleContactPage, leaveConversation, movePane, showPane }
}

/** `root` holds the window's parts, each marked with data-pane. An open dialog keeps its keys to itself. */
export function createKeyHandler(linnet: Linnet, root: () => HTMLElement | undefined) {
  const { navigation } = linnet
  const moves = createMoves(linnet, root)

  function act(shortcut: Shortcut): void {
    const { name } = shortcut
    switch (name) {
      case 'switcher':
      case 'join-room':
      case 'new-room':
      case 'compose':
      case 'status':
      case 'settings':
        navigation.dialog = { kind: name }
        break
      case 'add':
        navigation.dialog = { kind: 'add-contact' }
        break
      case 'invite':
        moves.invite()
        break
      case 'help':
        navigation.dialog = { kind: 'shortcuts' }
        break
      case 'search':
        navigation.pane = 'chats'
        linnet.search.open()
        break
      case 'contact-page':
        moves.toggleContactPage()
        break
      case 'escape':
        moves.leaveConversation()
        break
      case 'previous':
      case 'next':
        moves.step(name === 'next' ? 1 : -1)
        break
      case 'nth':
        moves.showNth(shortcut.index)
        break
      case 'previous-pane':
      case 'next-pane':
        moves.movePane(name === 'next-pane' ? 1 : -1)
        break
      case 'find':
        // The conversation's own (ConversationSearch).
        break
      default:
        moves.showPane(name)
    }
  }

  return (event: KeyboardEvent): void => {
    const { platform } = linnet.settings.environment
    const shortcut = shortcutOf(event, platform, linnet.preferences.values.shortcuts)
    if (shortcut === undefined || event.defaultPrevented || navigation.dialog !== undefined) return
    // One that a conversation opened by itself.
    if (event.target instanceof Element && event.target.closest('dialog') !== null) return
    if (shortcut.name === 'find') return
    if (shortcut.name !== 'escape') event.preventDefault()
    act(shortcut)
  }
}

/** The part's list or text field first, else whatever in it takes focus. */
function focusIn(pane: Element | null | undefined): void {
  const target =
    pane?.querySelector<HTMLElement>(
      '[aria-current="page"], [role="listbox"], [role="grid"], [role="treegrid"], textarea',
    ) ?? pane?.querySelector<HTMLElement>('button, input, [tabindex="0"]')
  target?.focus()
}
