import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import {
  createTranslator,
  LOCALES,
  matchLocale,
  rawText,
  textKeys,
  type TextKey,
} from '../../src-main/text/text.ts'

interface AstElement {
  readonly type: number
  readonly value?: unknown
  readonly options?: Readonly<Record<string, { readonly value: readonly AstElement[] }>>
}

// Kinds of ICU elements, as the parser numbers them.
const LITERAL = 0
const NUMBER = 2
const PLURAL = 6
const POUND = 7

/** `name:kind` of each value that a string asks for. A plural is a number: not every language counts in words. */
function valuesOf(elements: readonly AstElement[]): Set<string> {
  const found = new Set<string>()
  for (const element of elements) {
    const kind = element.type === PLURAL ? NUMBER : element.type
    if (kind !== LITERAL && kind !== POUND) found.add(`${String(element.value)}:${kind}`)
    for (const option of Object.values(element.options ?? {})) {
      for (const value of valuesOf(option.value)) found.add(value)
    }
  }
  return found
}

function parse(locale: (typeof LOCALES)[number], key: TextKey): Set<string> {
  const format = new IntlMessageFormat(rawText(locale, key), locale, undefined, { ignoreTag: true })
  return valuesOf(format.getAst())
}

const others = LOCALES.filter((locale) => locale !== 'en')

describe.each(others)('%s', (locale) => {
  test('has exactly the keys of English', () => {
    expect([...textKeys(locale)].sort()).toEqual([...textKeys('en')].sort())
  })

  test.each(textKeys('en'))('%s parses, asks for the same values and is not empty', (key) => {
    expect(rawText(locale, key).trim()).not.toBe('')
    expect(parse(locale, key)).toEqual(parse('en', key))
  })
})

test('Chinese says one and the same you throughout', () => {
  const familiar = textKeys('zh-CN').filter((key) => /你(?!们)/u.test(rawText('zh-CN', key)))
  expect(familiar).toEqual([])
})

test('two sentences in a row are set apart as the language sets them apart', () => {
  const [en, zh] = [createTranslator('en'), createTranslator('zh-CN')]
  const both = (t: typeof en) =>
    t('errors.withAdvice', { what: t('errors.credentials'), advice: t('errors.credentialsAdvice') })
  expect(both(en)).toMatch(/\. \p{Lu}/u)
  expect(both(zh)).not.toMatch(/\s/u)
})

describe('translate', () => {
  test('puts values in and counts in the language', () => {
    const en = createTranslator('en')
    const zh = createTranslator('zh-CN')
    expect(en('chats.messagePlaceholder', { name: 'Juliet' })).toBe('Message Juliet')
    expect(zh('chats.messagePlaceholder', { name: 'Juliet' })).toBe('发消息给 Juliet')
    expect(en('chats.newMessages', { count: 1 })).toBe('1 new message')
    expect(en('chats.newMessages', { count: 1234 })).toBe('1,234 new messages')
    expect(zh('chats.newMessages', { count: 2 })).toBe('2 条新消息')
    expect(en.locale).toBe('en')
  })

  test('takes a hostile value as text, not as a message or markup', () => {
    const name = "{count, plural, one {x} other {y}} <b>'{'</b> {name}"
    expect(createTranslator('en')('chats.messagePlaceholder', { name })).toBe(`Message ${name}`)
  })

  test('shows what hides in a name, whatever the string', () => {
    const name = 'Ju\u202eliet '
    const t = createTranslator('en')
    expect(t('chats.messagePlaceholder', { name })).toBe('Message ⚠ Ju[U+202E]liet[U+0020]')
    expect(t('chats.notInContacts', { address: 'x@аррӏе.com' })).toContain(
      '⚠ x@аррӏе.com (xn--80ak6aa92e.com)',
    )
    expect(t('roster.requestCalls', { nick: name })).toContain('⚠ Ju[U+202E]liet')
    expect(t('main.you', { text: name })).toBe(`You: ${name}`)
  })

  test('throws when a value is missing, so that a test finds it', () => {
    expect(() => createTranslator('en')('chats.messagePlaceholder')).toThrow(/name/)
  })
})

test('the system language chooses Chinese where it is Chinese of any kind, else English', () => {
  const chosen = ['zh', 'zh-CN', 'zh-Hant-TW', 'ZH-hans', 'en-US', 'de', 'zha', ''].map(matchLocale)
  expect(chosen).toEqual(['zh-CN', 'zh-CN', 'zh-CN', 'zh-CN', 'en', 'en', 'en', 'en'])
})
