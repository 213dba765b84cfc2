// @vitest-environment happy-dom
/** Attack S16 where names are shown: in every place what hides in them shows, and what imitates is marked. */
import { screen } from '@testing-library/svelte'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Component } from 'svelte'
import { describe, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import ConversationRow from '../../src-renderer/components/conversations/ConversationRow.svelte'
import TargetOption from '../../src-renderer/components/conversations/TargetOption.svelte'
import LinkWish from '../../src-renderer/components/dialog/LinkWish.svelte'
import SafeName from '../../src-renderer/components/presence/SafeName.svelte'
import ContactRow from '../../src-renderer/components/roster/ContactRow.svelte'
import GroupHeading from '../../src-renderer/components/roster/GroupHeading.svelte'
import RequestItem from '../../src-renderer/components/roster/RequestItem.svelte'
import SubscriptionRequest from '../../src-renderer/components/roster/SubscriptionRequest.svelte'
import ChatHeader from '../../src-renderer/screens/ChatHeader.svelte'
import { renderWithWords } from './render.ts'

const root = join(import.meta.dirname, '../../src-renderer')
/** The console shows stanzas and not people; labels of a form's fields are words. */
const EXEMPT = /components\/console\/|FormResult/
const NAME = `Ju${String.fromCodePoint(0x202e)}liet `
const SHOWN = 'JuU+202ElietU+0020'
const LOOKALIKE = 'juliet@аррӏе.com' as BareJid
const ASCII = 'xn--80ak6aa92e.com'

describe('a name', () => {
  test('without anything odd is just text', () => {
    const { container } = renderWithWords(SafeName, { name: 'Juliet Capulet', jid: 'juliet@capulet.example' })
    expect(container.querySelector('bdi')?.innerHTML.replaceAll('<!---->', '')).toBe('Juliet Capulet')
  })

  test('that hides something shows it, after a mark that says so in words', async () => {
    const { container, setLocale } = renderWithWords(SafeName, { name: NAME })
    expect(container.textContent).toBe(SHOWN)
    const words =
      'Careful: This name has characters that cannot be seen or that turn the writing around. This name has spaces that cannot be seen.'
    const mark = screen.getByRole('img', { name: words })
    expect(mark.title).toBe(words)
    expect(container.querySelector('bdi')?.firstElementChild).toBe(mark)
    await setLocale('zh-CN')
    expect(screen.getByRole('img', { name: /^小心：.*看不见/ })).toBeTruthy()
  })

  test('of an address that misleads is marked, and the address told in ASCII', () => {
    const { container } = renderWithWords(SafeName, { name: 'Juliet', jid: LOOKALIKE })
    expect(screen.getByRole('img', { name: new RegExp(`Its domain is ${ASCII}`) })).toBeTruthy()
    expect(container.textContent).toBe('Juliet')
    expect(renderWithWords(SafeName, { name: LOOKALIKE, ascii: true }).container.textContent).toBe(
      `${LOOKALIKE} (${ASCII})`,
    )
  })

  test('is never markup', () => {
    const { container } = renderWithWords(SafeName, { name: '<img src=x onerror=alert(1)>\u200b' })
    expect(container.textContent).toBe('<img src=x onerror=alert(1)>U+200B')
    expect(container.querySelector('img')).toBeNull()
  })
})

describe('places', () => {
  const nothing = (): void => undefined
  const person = { jid: LOOKALIKE, name: NAME, show: 'online', unreadCount: 0, accountId: 1 } as const
  const row = {
    ...person,
    ...{ kind: 'chat', author: undefined, typists: [], mentions: 0, quiet: false, trouble: undefined },
    id: 1,
    preview: '',
    previewKind: 'none',
    actor: undefined,
    state: undefined,
    at: 0,
  } as const
  const contact = { ...person, subscription: 'both', ask: false, approved: false, groups: [] } as const
  const request = { accountId: 1, jid: LOOKALIKE, nick: NAME, text: '', requestedAt: 0 }
  const list = { id: 'x', active: false, selected: false, now: 0, onopen: nothing }
  const contactRow = { kind: 'contact', key: 'x', contact, name: NAME, show: 'online', status: '' } as const
  const answers = { known: false, busy: false, waiting: 0, onanswer: nothing }
  const cases: readonly [string, Component<never>, object, RegExp][] = [
    ['chat list', ConversationRow, { ...list, row }, /JuU\+202ElietU\+0020/],
    [
      'header',
      ChatHeader,
      { jid: LOOKALIKE, name: NAME, actions: {} },
      /JuU\+202Eliet.*\(xn--80ak6aa92e\.com\)/,
    ],
    [
      'switcher',
      TargetOption,
      { target: { ...person, conversationId: 1, activeAt: 0 }, active: false, start: false },
      /JuU\+202Eliet.*xn--/,
    ],
    [
      'contact list',
      ContactRow,
      { ...list, row: contactRow, menuOpen: true, onmenu: nothing },
      /JuU\+202Eliet/,
    ],
    [
      'group',
      GroupHeading,
      { id: 'x', row: { kind: 'heading', key: 'x', group: NAME, online: 0, total: 1 } },
      /JuU\+202Eliet/,
    ],
    ['request list', RequestItem, { request, name: NAME, onclick: nothing }, /JuU\+202Eliet.*xn--/],
    ['request', SubscriptionRequest, { request, name: NAME, ...answers }, /xn--.*⚠ Ju\[U\+202E\]liet/],
    ['link', LinkWish, { uri: { jid: LOOKALIKE, action: 'message', body: '', name: '' } }, /xn--/],
  ]
  test.each(cases)('%s', (place, component, props, shown) => {
    const { container } = renderWithWords(component as Component<object>, props)
    expect(container.textContent.replace(/\s+/g, ' ')).toMatch(shown)
    expect(container.innerHTML).not.toContain(String.fromCodePoint(0x202e))
    if (place !== 'group')
      expect(screen.getAllByRole('img', { name: new RegExp(ASCII) }).length).toBeGreaterThan(0)
  })

  test.each(cases.filter(([place]) => !['request', 'link'].includes(place)))(
    '%s: a name too long for its line is cut at its end, also from right to left',
    (_, component, props) => {
      const { container } = renderWithWords(component as Component<object>, props)
      expect(container.querySelector('bdi.clip')?.textContent).toContain('JuU+202Eliet')
    },
  )

  test('no component shows a name, address or group past SafeName', () => {
    const raw = /<bdi[^>]*>\s*\{(?!t\()[^}]*\b(name|jid|nick|subject|group|address|resource)\s*\}/i
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.svelte') && !EXEMPT.test(file),
    )
    expect(files.filter((file) => raw.test(readFileSync(join(root, file), 'utf8')))).toEqual([])
  })
})
