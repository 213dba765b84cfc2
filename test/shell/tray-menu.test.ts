import { describe, expect, test } from 'vitest'
import {
  buildTrayMenu,
  trayIconName,
  trayTooltip,
  type TrayActions,
  type TrayState,
} from '../../src-main/shell/tray/tray-menu.ts'
import { createTranslator } from '../../src-main/text/text.ts'

const text = createTranslator('en')
const calm: TrayState = {
  ...{ chosen: 'online', automatic: null, online: true, hasAccount: true, conversations: [] },
  ...{ status: '', recent: [], inboxUnread: 0, accounts: [] },
}
const unread = (id: number, name = `Contact ${id}`, unreadCount = id) => ({ id, name, unreadCount })

function setUp(state: TrayState, locale: 'en' | 'zh-CN' = 'en') {
  const calls: unknown[][] = []
  const actions: TrayActions = {
    setShow: (show) => void calls.push(['setShow', show]),
    setStatus: (status) => void calls.push(['setStatus', status]),
    setAccountShow: (id, show) => void calls.push(['setAccountShow', id, show]),
    showAccount: (id) => void calls.push(['showAccount', id]),
    openConversation: (id) => void calls.push(['openConversation', id]),
    openInbox: () => void calls.push(['openInbox']),
    show: () => void calls.push(['show']),
    quit: () => void calls.push(['quit']),
  }
  const items = buildTrayMenu(state, actions, createTranslator(locale))
  const click = (label: string): void => {
    const item = items.find((each) => each.label === label)
    if (item === undefined) throw new Error(`no ${label}`)
    // The handler takes nothing of what Electron passes.
    ;(item.click as () => void)()
  }
  return { items, calls, click }
}

describe('the tray menu', () => {
  test('unread single messages stand in it, count in icon and tooltip, and lead to the Inbox', () => {
    const state = { ...calm, inboxUnread: 3 }
    const { click, calls } = setUp(state)
    click('Inbox (3)')
    expect(calls).toEqual([['openInbox']])
    expect(trayIconName(state)).toBe('online-unread')
    expect(trayTooltip({ ...state, conversations: [unread(2)] }, text)).toMatch(/5 unread/)
    expect(setUp(calm).items.some(({ label }) => label?.startsWith('Inbox'))).toBe(false)
  })

  test('with several accounts each has its presences; one that failed leads to what can be done', () => {
    const work = { id: 2, name: 'Work & more', chosen: 'away', online: true, failed: false } as const
    const home = {
      id: 1,
      name: 'romeo@montague.example',
      chosen: 'online',
      online: false,
      failed: true,
    } as const
    const labels = (state: TrayState) => setUp(state).items.map(({ label }) => label)
    expect(labels({ ...calm, accounts: [work] })).toEqual(labels(calm))
    const { items, calls } = setUp({ ...calm, accounts: [work, home] })
    const menu = (label: string) => {
      const submenu = items.find((each) => each.label === label)?.submenu
      if (!Array.isArray(submenu)) throw new Error(`no ${label}`)
      return submenu
    }
    const away = menu('Work && more: Away')
    expect(away.filter(({ checked }) => checked).map(({ label }) => label)).toEqual(['Away'])
    ;(away.find(({ label }) => label === 'Offline')?.click as () => void)()
    const failed = menu('romeo@montague.example: Not connected')
    ;(failed[0]?.click as () => void)()
    expect(calls).toEqual([
      ['setAccountShow', 2, 'offline'],
      ['showAccount', 1],
    ])
  })

  test('presences are radio items, the chosen one is checked', () => {
    const { items } = setUp({ ...calm, chosen: 'away' })
    const radios = items.filter(({ type }) => type === 'radio')
    expect(radios.map(({ label, checked }) => [label, checked])).toEqual([
      [text('common.presenceOnline'), false],
      [text('common.presenceChat'), false],
      [text('common.presenceAway'), true],
      [text('common.presenceXa'), false],
      [text('common.presenceDnd'), false],
      [text('common.presenceOffline'), false],
    ])
    expect(radios.every(({ enabled }) => enabled)).toBe(true)
  })

  test('a click on a presence asks for that one, and only asks', () => {
    const { click, calls, items } = setUp(calm)
    click('Do not disturb')
    expect(calls).toEqual([['setShow', 'dnd']])
    expect(items.find(({ label }) => label === 'Online')?.checked).toBe(true)
  })

  test('status texts used before are a menu of their own; the present one is checked', () => {
    const recent = ['in Mantua', 'a\nb & c']
    const { items, calls } = setUp({ ...calm, status: 'in Mantua', recent })
    const menu = items.find(({ label }) => label === 'Recent statuses')?.submenu
    const entries = Array.isArray(menu) ? menu : []
    expect(entries.map(({ label, checked }) => [label, checked])).toEqual([
      ['No status', false],
      ['in Mantua', true],
      ['a b && c', false],
    ])
    for (const entry of entries) (entry.click as () => void)()
    expect(calls).toEqual([
      ['setStatus', ''],
      ['setStatus', 'in Mantua'],
      ['setStatus', 'a\nb & c'],
    ])
    expect(setUp({ ...calm, recent, hasAccount: false }).items.some(({ submenu }) => submenu)).toBe(false)
  })

  test('away automatically: icon and tooltip show it, the menu what was chosen', () => {
    const state: TrayState = { ...calm, automatic: 'xa' }
    expect(trayIconName(state)).toBe('xa')
    expect(trayTooltip(state, text)).toBe('Linnet · Away for long (automatically)')
    expect(setUp(state).items.find(({ checked }) => checked)?.label).toBe('Online')
    expect(trayIconName({ ...state, online: false })).toBe('offline')
  })

  test('without an account there is no presence to set', () => {
    const { items } = setUp({ ...calm, hasAccount: false })
    expect(items.filter(({ type }) => type === 'radio').every(({ enabled }) => enabled === false)).toBe(true)
  })

  test('eight unread conversations at most, in the order given, each leads to its own', () => {
    const conversations = Array.from({ length: 12 }, (_, index) => unread(index + 1))
    const { items, click, calls } = setUp({ ...calm, conversations })
    const labels = items.flatMap(({ label }) => (label?.startsWith('Contact') === true ? label : []))
    expect(labels).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((id) => `Contact ${id} (${id})`))
    click('Contact 3 (3)')
    expect(calls).toEqual([['openConversation', 3]])
  })

  test('a hostile name stays one short line, shows what hides in it, and its & underlines nothing', () => {
    const name = `A & B\n\u202EQuit\u0000 ${'x'.repeat(200)}`
    const label = setUp({ ...calm, conversations: [unread(1, name)] }).items.find(({ label }) =>
      label?.includes('A &'),
    )?.label
    expect(label).toMatch(/^⚠ A && B\[U\+000A\]\[U\+202E\]Quit\[U\+0000\] x+… \(1\)$/)
    expect([...(label ?? '')].length).toBeLessThan(80)
  })

  test('show and quit are last', () => {
    const { items, click, calls } = setUp(calm)
    expect(items.slice(-2).map(({ label }) => label)).toEqual(['Show Linnet', 'Quit Linnet'])
    click('Show Linnet')
    click('Quit Linnet')
    expect(calls).toEqual([['show'], ['quit']])
  })

  test('speaks Chinese', () => {
    const { items } = setUp({ ...calm, conversations: [unread(2, '朱丽叶')] }, 'zh-CN')
    expect(items.map(({ label }) => label)).toContain('朱丽叶（2）')
    expect(items.map(({ label }) => label)).toContain('请勿打扰')
  })
})

describe('the tray icon', () => {
  test.each<[Partial<TrayState>, string]>([
    [{}, 'online'],
    [{ chosen: 'chat' }, 'chat'],
    [{ chosen: 'xa' }, 'xa'],
    [{ chosen: 'dnd', conversations: [unread(1)] }, 'dnd-unread'],
    [{ online: false }, 'offline'],
    [{ chosen: 'offline', online: false, conversations: [unread(1)] }, 'offline-unread'],
  ])('%j is drawn as %s', (change, name) => {
    expect(trayIconName({ ...calm, ...change })).toBe(name)
  })

  test.each<[Partial<TrayState>, string]>([
    [{}, 'Linnet · Online'],
    [{ chosen: 'dnd' }, 'Linnet · Do not disturb'],
    [{ online: false }, 'Linnet · Connecting…'],
    [{ online: false, chosen: 'offline' }, 'Linnet · Offline'],
    [{ online: false, hasAccount: false }, 'Linnet · Offline'],
    [{ conversations: [unread(1), unread(2)] }, 'Linnet · Online · 3 unread messages'],
  ])('%j says %s', (change, tooltip) => {
    expect(trayTooltip({ ...calm, ...change }, text)).toBe(tooltip)
  })
})
