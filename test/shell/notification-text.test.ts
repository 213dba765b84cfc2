import { describe, expect, test } from 'vitest'
import {
  escapeBody,
  messageNotification,
  requestNotification,
  singleNotification,
  strangerNotification,
  summaryNotification,
  withAccount,
} from '../../src-main/shell/notification-text.ts'
import { createTranslator } from '../../src-main/text/text.ts'

const text = createTranslator('en')
const notice = { name: 'Juliet', body: 'Art thou not Romeo?', count: 1, preview: true }

describe('markup', () => {
  test('Linux renders it, so it is escaped there, & first', () => {
    expect(escapeBody('<b>a</b> & <img src="file:///x"> &lt;', 'linux')).toBe(
      '&lt;b&gt;a&lt;/b&gt; &amp; &lt;img src="file:///x"&gt; &amp;lt;',
    )
  })

  test.each(['darwin', 'win32'] as const)('%s shows text as it is', (platform) => {
    expect(escapeBody('<b> & >', platform)).toBe('<b> & >')
  })
})

describe('many conversations at once', () => {
  const names = ['Juliet', '<b>Nurse</b>', 'Tybalt', 'Paris', 'Peter', 'Abram']

  test('are counted, and the latest named', () => {
    expect(summaryNotification({ names, count: 12 }, text, 'linux')).toEqual({
      title: '12 new messages in 6 conversations',
      body: 'Juliet, &lt;b&gt;Nurse&lt;/b&gt;, Tybalt and 3 more',
    })
    expect(summaryNotification({ names, count: 12 }, createTranslator('zh-CN'), 'linux')).toEqual({
      title: '6 个会话中有 12 条新消息',
      body: 'Juliet、&lt;b&gt;Nurse&lt;/b&gt;、Tybalt 和另外 3 个会话',
    })
  })

  test('nothing is said to be more where it is not', () => {
    expect(summaryNotification({ names: ['Juliet', 'Nurse'], count: 2 }, text, 'linux').body).toBe(
      'Juliet, Nurse',
    )
  })
})

describe('a message', () => {
  test('says who and what', () => {
    expect(messageNotification(notice, text, 'linux')).toEqual({
      title: 'Juliet',
      body: 'Art thou not Romeo?',
    })
  })

  test('says how many more wait', () => {
    expect(messageNotification({ ...notice, count: 3 }, text, 'linux').body).toBe(
      'Art thou not Romeo?\nand 2 more',
    )
  })

  test('keeps the words to itself when the user wants that', () => {
    const secret = { ...notice, preview: false }
    expect(messageNotification(secret, text, 'linux')).toEqual({ title: 'Juliet', body: 'New message' })
    expect(messageNotification({ ...secret, count: 4 }, text, 'linux').body).toBe('4 new messages')
    expect(messageNotification(secret, createTranslator('zh-CN'), 'linux').body).toBe('新消息')
  })

  test('is cut between characters, before it is escaped', () => {
    const { body } = messageNotification({ ...notice, body: '😀'.repeat(1000) }, text, 'linux')
    expect(body).toBe(`${'😀'.repeat(299)}…`)
    const escaped = messageNotification({ ...notice, body: '<'.repeat(1000) }, text, 'linux').body
    expect(escaped).toBe(`${'&lt;'.repeat(299)}…`)
  })

  test('braces in a body are no placeholders', () => {
    expect(
      messageNotification({ ...notice, body: '{name} {count, plural', count: 2 }, text, 'linux').body,
    ).toBe('{name} {count, plural\nand 1 more')
  })

  test('is one line, an action told as one, its signs left as they are', () => {
    const bodyOf = (body: string): string => messageNotification({ ...notice, body }, text, 'linux').body
    expect(bodyOf('*one*\n\n> two\r\n\tthree')).toBe('*one* &gt; two three')
    expect(bodyOf('/me laughs\nout loud')).toBe('* Juliet laughs out loud')
    expect(bodyOf('/me')).toBe('/me')
    expect(bodyOf('\n'.repeat(65_000) + 'x')).toBe('…')
    expect(bodyOf('a\n'.repeat(32_000)).length).toBeLessThanOrEqual(300)
  })

  test('a name is one line in which what hides shows (attack S16)', () => {
    const { title } = messageNotification(
      { ...notice, name: ` Ju\nli\u202Eet\u0007 ${'x'.repeat(500)}` },
      text,
      'linux',
    )
    expect(title).toMatch(/^⚠ \[U\+0020\]Ju\[U\+000A\]li\[U\+202E\]et\[U\+0007\] x+…$/)
    expect(title.length).toBeLessThanOrEqual(120)
  })
})

test('the name of who asks shows what hides in it', () => {
  expect(requestNotification('juliet@аррӏе.com', text).title).toBe(
    '⚠ juliet@аррӏе.com (xn--80ak6aa92e.com) wants to see when you are online',
  )
})

test('a subscription request says what is asked, not the asker’s words', () => {
  expect(requestNotification('paris@verona.example', text)).toEqual({
    title: 'paris@verona.example wants to see when you are online',
    body: 'Open Linnet to answer.',
  })
})

describe('a single message', () => {
  const letter = { ...notice, subject: 'The <b>wedding</b>' }
  test('says who, what it is about, and how it begins', () => {
    expect(singleNotification(letter, text, 'darwin')).toEqual({
      title: 'Juliet',
      body: 'The <b>wedding</b>\nArt thou not Romeo?',
    })
  })

  test('is text, on Linux too', () => {
    expect(singleNotification(letter, text, 'linux').body).toMatch(/^The &lt;b&gt;wedding/)
  })

  test('has one line where it has no subject or no body', () => {
    expect(singleNotification({ ...letter, subject: ' ' }, text, 'linux').body).toBe('Art thou not Romeo?')
    expect(singleNotification({ ...letter, subject: 'S', body: '' }, text, 'linux').body).toBe('S')
  })

  test('keeps its words to itself when the user wants that, and counts', () => {
    expect(singleNotification({ ...letter, preview: false, count: 2 }, text, 'linux').body).toBe(
      '2 new messages',
    )
    expect(singleNotification({ ...letter, count: 2 }, text, 'linux').body).toMatch(/and 1 more$/)
  })
})

describe('with several accounts', () => {
  test('the title says which one; with one it does not', () => {
    const words = { title: 'Juliet', body: 'See you' }
    expect(withAccount(words, undefined, text)).toEqual(words)
    expect(withAccount(words, 'Work', text)).toEqual({ title: 'Juliet · Work', body: 'See you' })
  })
})

test('of a stranger who waits none of their words are shown', () => {
  const { title, body } = strangerNotification('paris@verona.example', text)
  expect(title).toBe('paris@verona.example would like to write to you')
  expect(body).toBe('Open Linnet to read it. They learn nothing until you accept.')
})
