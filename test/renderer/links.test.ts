import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isEmojiOnly } from '../../src-renderer/components/message/emoji.ts'
import { findLinks } from '../../src-renderer/components/message/links.ts'

function linksIn(body: string): string[] {
  return findLinks(body).flatMap((part) => (part.kind === 'link' ? [`${part.text} -> ${part.href}`] : []))
}

describe('what becomes a link', () => {
  test.each([
    ['https://linnet.im', 'https://linnet.im -> https://linnet.im/'],
    ['see http://a.example/x?y=1#z.', 'http://a.example/x?y=1#z -> http://a.example/x?y=1#z'],
    ['(https://a.example/b_(c))', 'https://a.example/b_(c) -> https://a.example/b_(c)'],
    ['www.example.com', 'www.example.com -> https://www.example.com/'],
    ['mailto:juliet@capulet.com', 'mailto:juliet@capulet.com -> mailto:juliet@capulet.com'],
    ['juliet@capulet.com', 'juliet@capulet.com -> mailto:juliet@capulet.com'],
    ['xmpp:juliet@capulet.com', 'xmpp:juliet@capulet.com -> xmpp:juliet@capulet.com'],
    ['看https://example.com/路，好吗', 'https://example.com/路 -> https://example.com/%E8%B7%AF'],
    ['HTTPS://EXAMPLE.COM', 'HTTPS://EXAMPLE.COM -> https://example.com/'],
    // A lookalike shows in what opens (attack S16).
    ['https://аpple.com', 'https://аpple.com -> https://xn--pple-43d.com/'],
    ['an\nhttps://a.example\nb', 'https://a.example -> https://a.example/'],
  ])('%j', (body, link) => {
    expect(linksIn(body)).toEqual([link])
  })

  test('an XMPP address with a question keeps it', () => {
    expect(linksIn('xmpp:juliet@capulet.com?message;body=hi')).toEqual([
      'xmpp:juliet@capulet.com?message;body=hi -> xmpp:juliet@capulet.com?message;body=hi',
    ])
  })
})

/** Attacks S9 and S10. */
describe('what stays text', () => {
  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(document.cookie)',
    'javascript://example.com/%0aalert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:text/html;base64,PHNjcmlwdD4=',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'file://server.example.com/share',
    'FILE:///C:/Windows/system32/calc.exe',
    'smb://server.example.com/share',
    'ftp://ftp.example.com/x',
    'ms-msdt:/id PCWDiagnostic',
    'search-ms:query=x&crumb=location:example.com',
    'aesgcm://upload.example.com/f.jpg#0011',
    'blob:https-thing',
    'https://user@evil.example/',
    'https://bank.example:pw@evil.example/',
    'http://',
    'https://[::1',
    '<a href="javascript:alert(1)">x</a>',
    '\u202ehttps',
    'version 1.2.3 and 3.14',
  ])('%j', (body) => {
    expect(linksIn(body)).toEqual([])
    expect(
      findLinks(body)
        .map((part) => part.text)
        .join(''),
    ).toBe(body)
  })
})

test('whatever the body: the pieces are the body, and every link has an allowed scheme', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'https://',
      'javascript:',
      'xmpp:',
      'a@b.com',
      '.com',
      '//',
      ':',
      '@',
      ' ',
      '\n',
      '\u202e',
      'aesgcm://',
    ),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const body = pieces.join('')
      const parts = findLinks(body)
      expect(parts.map((part) => part.text).join('')).toBe(body)
      for (const part of parts) {
        if (part.kind === 'link') expect(part.href).toMatch(/^(https?|mailto|xmpp):/)
      }
    }),
  )
})

test('a body of the greatest length is read whole', () => {
  for (const unit of ['a', 'https://', 'a.', ':', '(', 'xmpp:', '@a']) {
    const body = unit.repeat(65_536 / unit.length)
    const parts = findLinks(body)
    expect(parts.map((part) => part.text).join('') === body, unit).toBe(true)
  }
})

test('of a very long line the beginning is searched, and no link is cut', () => {
  const hrefs = linksIn('https://a.example/b '.repeat(3000))
  expect(hrefs.length).toBeGreaterThan(350)
  expect(new Set(hrefs)).toEqual(new Set(['https://a.example/b -> https://a.example/b']))
  expect(linksIn(`https://a.example/${'x'.repeat(20_000)}`)).toEqual([])
})

test('emoji alone are told from words', () => {
  for (const body of ['🌙', '🌙🌙 ❤️', '👩‍👩‍👧', '👍🏽', '🇩🇪', ' 😀\n']) expect(isEmojiOnly(body), body).toBe(true)
  for (const body of ['', ' ', '1', '#', '🌙a', '1️', '😀😀😀😀😀😀😀', '\u200d']) {
    expect(isEmojiOnly(body), body).toBe(false)
  }
})
