/** The windows that are open: the main one, one for each conversation taken out, XML consoles; what each shows and was opened for. */
import type { BrowserWindow, WebContents } from 'electron'
import type { View } from '../../model/events.ts'
import type { Receiver } from '../ipc/broadcast.ts'
import { EVENT_CHANNEL } from '../../contract/channels.ts'
import { backgroundColor, openBrowserWindow, type WindowTools } from './browser-window.ts'
import { attachLetGo } from './let-go.ts'
import { keyOf, lookOf, type Subject } from './subject.ts'

export interface Windows {
  /** Opens or raises the main window; `view` is what it is to show, now or once it has started. */
  showMain(view?: View): void
  /** Opens or raises the conversation's own window. */
  openConversation(conversationId: number): void
  /** Opens or raises the account's XML console. */
  openConsole(accountId: number): void
  /** The account whose console the window is. */
  consoleOf(windowId: number): number | undefined
  /** Raises the conversation where it is: in its own window when it has one, else in the main window. */
  showConversation(conversationId: number): void
  /** Shows the main window, or hides it when the user has it before the eyes. */
  toggleMain(): void
  /** The window takes what it was opened for; from now on it hears of views by event. */
  takeView(windowId: number): View | undefined
  /** What the window says it shows. */
  setShowing(windowId: number, conversationId: number | null): void
  /** What is in the window would be lost with it: a dialog, a form that is filled in. */
  setBusy(windowId: number, busy: boolean): void
  /** The main window is not there because it was let go while it was hidden: it comes back when it is wanted. */
  isMainLetGo(): boolean
  /** Conversations that the user has before the eyes. */
  inFocus(): ReadonlySet<number>
  idOf(contents: WebContents): number | undefined
  receivers(): readonly Receiver[]
  /** Asks for the user's eye in the task bar, unless the window has it. */
  flash(): void
  repaintBackground(): void
}

export interface WindowsOptions extends WindowTools {
  /** Where the pages are: `linnet://app`, or the development server. */
  readonly origin: string
  /** Whether closing this window hides it instead. */
  readonly shouldHide: (kind: Subject['kind']) => boolean
  /** The account's console is gone. */
  readonly consoleClosed: (accountId: number) => void
  /** The main window, on its way; without it, it comes when it is wanted. */
  readonly first: BrowserWindow | undefined
  /** What waits to be shown in a main window that comes when it is wanted. */
  readonly waitingView: () => View | undefined
  /** Sends a view to a window that runs. */
  readonly pushView: (windowId: number, view: View) => void
}

interface OpenWindow {
  readonly browser: BrowserWindow
  readonly subject: Subject
  /** It has been drawn once; until then it shows itself as soon as it is. */
  drawn: boolean
  showing: number | null
  busy: boolean
  /** It has taken its snapshot, so events reach it. */
  started: boolean
  pending: View | undefined
}

const MAIN: Subject = { kind: 'main' }

export function createWindows(options: WindowsOptions): Windows {
  const open = new Map<number, OpenWindow>()
  let letGo: { readonly showed: number | null } | undefined
  const find = (subject: Subject): OpenWindow | undefined =>
    [...open.values()].find(({ browser, subject: its }) => isThere(browser) && keyOf(its) === keyOf(subject))

  const add = (
    subject: Subject,
    browser = openBrowserWindow(lookOf(options.origin, subject), options),
  ): OpenWindow => {
    const window: OpenWindow = {
      browser,
      subject,
      drawn: false,
      showing: null,
      busy: false,
      started: false,
      pending: undefined,
    }
    const { id } = browser
    open.set(id, window)
    attachClosing(browser, subject, options, () => open.delete(id))
    browser.once('ready-to-show', () => void (window.drawn = true))
    browser.on('focus', () => browser.flashFrame(false))
    if (subject.kind === 'main')
      attachLetGo(
        browser,
        () => !window.busy,
        () => letGoOf(window),
      )
    // A page that is loaded again starts from a new snapshot.
    browser.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument)
        Object.assign(window, { started: false, showing: null, busy: false })
    })
    return window
  }

  const letGoOf = ({ browser, showing }: OpenWindow): void => {
    letGo = { showed: showing }
    browser.destroy()
  }
  /** Where it was let go, it comes back with what it showed. */
  const addMain = (): OpenWindow => {
    const main = add(MAIN)
    const conversationId = letGo?.showed
    main.pending = conversationId == null ? options.waitingView() : { kind: 'conversation', conversationId }
    letGo = undefined
    return main
  }

  if (options.first === undefined) letGo = { showed: null }
  else add(MAIN, options.first)

  const openOwn = (subject: Subject): void => raise(find(subject) ?? add(subject))
  const windows: Windows = {
    ...knowEach(open),
    showMain: (view) => {
      const main = find(MAIN) ?? addMain()
      if (view !== undefined && main.started) options.pushView(main.browser.id, view)
      else if (view !== undefined) main.pending = view
      raise(main)
    },
    openConversation: (id) => openOwn({ kind: 'conversation', id }),
    openConsole: (accountId) => openOwn({ kind: 'console', accountId }),
    showConversation: (conversationId) => {
      const own = find({ kind: 'conversation', id: conversationId })
      if (own === undefined) windows.showMain({ kind: 'conversation', conversationId })
      else raise(own)
    },
    toggleMain: () => {
      const main = find(MAIN)
      if (main?.browser.isVisible() === true && main.browser.isFocused()) main.browser.hide()
      else windows.showMain()
    },
    isMainLetGo: () => letGo !== undefined,
    flash: () => {
      const main = find(MAIN)
      if (main !== undefined && !main.browser.isFocused()) main.browser.flashFrame(true)
    },
  }
  return windows
}

type Knowledge =
  'consoleOf' | 'takeView' | 'setShowing' | 'setBusy' | 'inFocus' | 'idOf' | 'receivers' | 'repaintBackground'

/** What each window is, shows and was told. */
function knowEach(open: ReadonlyMap<number, OpenWindow>): Pick<Windows, Knowledge> {
  return {
    consoleOf: (windowId) => {
      const subject = open.get(windowId)?.subject
      return subject?.kind === 'console' ? subject.accountId : undefined
    },
    takeView: (windowId) => {
      const window = open.get(windowId)
      if (window === undefined) return undefined
      const { subject, pending } = window
      Object.assign(window, { started: true, pending: undefined })
      return subject.kind === 'conversation' ? { kind: 'conversation', conversationId: subject.id } : pending
    },
    setShowing: (windowId, conversationId) => {
      const window = open.get(windowId)
      if (window !== undefined) window.showing = conversationId
    },
    setBusy: (windowId, busy) => {
      const window = open.get(windowId)
      if (window !== undefined) window.busy = busy
    },
    inFocus: () =>
      new Set([...open.values()].flatMap((window) => (hasFocus(window) ? (window.showing ?? []) : []))),
    idOf: (contents) =>
      [...open.values()].find(({ browser }) => browser.webContents === contents)?.browser.id,
    receivers: () => [...open.values()].map(({ browser }) => receiver(browser)),
    repaintBackground: () => {
      for (const { browser } of open.values())
        if (isThere(browser)) browser.setBackgroundColor(backgroundColor())
    },
  }
}

function attachClosing(
  browser: BrowserWindow,
  subject: Subject,
  { shouldHide, consoleClosed }: WindowsOptions,
  forget: () => void,
): void {
  browser.on('close', (event) => {
    if (!shouldHide(subject.kind)) return
    event.preventDefault()
    browser.hide()
  })
  browser.on('closed', () => {
    forget()
    if (subject.kind === 'console') consoleClosed(subject.accountId)
  })
}

/** Between its end and the word of it a window is still known: who wants it then wants another. */
function isThere(browser: BrowserWindow): boolean {
  return !browser.isDestroyed() && !browser.webContents.isDestroyed()
}

function hasFocus({ browser }: OpenWindow): boolean {
  return isThere(browser) && browser.isFocused() && browser.isVisible() && !browser.isMinimized()
}

function raise({ browser, drawn }: OpenWindow): void {
  if (!drawn) return
  if (browser.isMinimized()) browser.restore()
  browser.show()
  browser.focus()
}

/** Windows go before the stream does: an event that finds its window gone is dropped. */
function receiver(browser: BrowserWindow): Receiver {
  return {
    windowId: browser.id,
    send: (batch) => {
      if (isThere(browser)) browser.webContents.send(EVENT_CHANNEL, batch)
    },
  }
}
