import { describe, expect, test } from 'vitest'
import { checkLink, openLink } from '../../src-main/shell/links.ts'

describe('links that leave Linnet', () => {
  test.each([
    ['https://example.org', 'https://example.org/'],
    ['HTTPS://EXAMPLE.org/a%20b?c=d#e', 'https://example.org/a%20b?c=d#e'],
    ['http://example.org:8080/', 'http://example.org:8080/'],
    ['https://例子.example/路', 'https://xn--fsqu00a.example/%E8%B7%AF'],
    ['mailto:nurse@capulet.example?subject=News', 'mailto:nurse@capulet.example?subject=News'],
    ['https://example.org/"`<x>', 'https://example.org/%22%60%3Cx%3E'],
  ])('%s is opened as %s', (link, url) => {
    expect(checkLink(link)).toEqual({ kind: 'outside', url })
  })

  test.each([
    'file:///etc/passwd',
    'file://server/share/evil.exe',
    'smb://server/share',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'ms-msdt:/id',
    'ms-officecmd:x',
    'search-ms:query=x',
    'ftp://example.org/',
    'aesgcm://example.org/x#00',
    'tel:+4912345',
    'view-source:https://example.org',
    'blob:https://example.org/x',
    'linnet://app/index.html',
    'chrome://settings',
    'https://user:secret@example.org/',
    'https://bank.example@evil.example/',
    'example.org',
    '//example.org/x',
    '/etc/passwd',
    'C:\\Windows\\System32\\calc.exe',
    '',
    ' https://example.org',
    'https://example.org/a b',
    'java\nscript:alert(1)',
    'https://example.org/\u0000',
    'https://',
    `https://example.org/${'x'.repeat(8200)}`,
  ])('%j is refused', async (link) => {
    expect(checkLink(link).kind).toBe('refused')
    const opened: string[] = []
    const tools = {
      openOutside: (url: string) => Promise.resolve(void opened.push(url)),
      showLink: () => undefined,
    }
    await expect(openLink(link, tools)).rejects.toMatchObject({ data: { code: 'link-refused' } })
    expect(opened).toEqual([])
  })
})

describe('xmpp: links', () => {
  test('are data for a dialog, whatever they ask for', async () => {
    const shown: unknown[] = []
    const opened: string[] = []
    await openLink('xmpp:juliet@capulet.example?message;body=Hello%20there', {
      openOutside: (url) => Promise.resolve(void opened.push(url)),
      showLink: (uri) => void shown.push(uri),
    })
    expect(shown).toEqual([
      { jid: 'juliet@capulet.example', action: 'message', body: 'Hello there', name: '' },
    ])
    expect(opened).toEqual([])
  })

  test.each(['xmpp:', 'xmpp:@', 'xmpp:?message', 'xmpp://'])('%s is refused', (link) => {
    expect(checkLink(link)).toEqual({ kind: 'refused', scheme: 'xmpp' })
  })
})
