/** What is read from a page, honest or hostile. */
import { describe, expect, test } from 'vitest'
import { readPage } from '../../src-main/protocol/page-description.ts'
import { toLinkCard } from '../../src-main/protocol/xep-0511-link-metadata.ts'

describe('a page', () => {
  test('is described by its Open Graph properties', () => {
    const html = `<!doctype html><html><head><title>tab</title><meta name="description" content="plain">
      <meta property="og:title" content="Fish &amp; chips"><meta property="og:description" content="tasty">
      <meta property="og:site_name" content="Menu"></head>`
    expect(readPage(html)).toEqual({ title: 'Fish & chips', description: 'tasty', site: 'Menu' })
  })

  test('without them by its title and its description, the first of each', () => {
    const html = `<title>One</title><META NAME=Description CONTENT=two><svg><title>icon</title></svg>`
    expect(readPage(html)).toEqual({ title: 'One', description: 'two', site: '' })
  })

  test('names its picture, which may lie beside it', () => {
    const html = `<title>One</title><meta property="og:image" content="/pics/1.png">
      <meta property="og:image:alt" content="a fish">`
    expect(toLinkCard('https://a.example/menu/', readPage(html))).toMatchObject({
      image: 'https://a.example/pics/1.png',
      alt: 'a fish',
    })
    expect(toLinkCard('http://a.example/', readPage(html))).not.toHaveProperty('image')
  })

  test('says nothing where there is nothing to read, or half a page', () => {
    for (const html of ['', '<', '<title', '<meta', 'no tags', '\u0000']) {
      expect(toLinkCard('https://a.example/', readPage(html))).toBeUndefined()
    }
  })

  test('S9: scripts, endless titles and a thousand properties are text, bounded', () => {
    const html = `<title>${'<b>x</b>'.repeat(50_000)}</title>${'<meta property=og:x content=y>'.repeat(20_000)}`
    const card = toLinkCard('https://a.example/', readPage(html))
    expect(card?.title.length).toBeLessThanOrEqual(200)
    const script = readPage('<meta property="og:title" content="<script>alert(1)</script>">')
    expect(toLinkCard('https://a.example/', script)?.title).toBe('<script>alert(1)</script>')
  })
})
