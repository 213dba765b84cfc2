/** Forms while they are filled in: what is sent, what is wrong, and patterns that a stranger wrote. */
import { describe, expect, test } from 'vitest'
import type { DataForm, FieldType, FieldValidation, FormField } from '../../src-main/model/form.ts'
import { findProblem } from '../../src-renderer/stores/form/field-check.ts'
import { FormEntry } from '../../src-renderer/stores/form/form-entry.svelte.ts'
import { compilePattern } from '../../src-renderer/stores/form/pattern.ts'
import { fromNative, nativeType, toNative } from '../../src-renderer/components/services/form/local-times.ts'

function makeField(type: FieldType, part: Partial<FormField> = {}): FormField {
  return { type, name: type, label: '', description: '', required: false, values: [], options: [], ...part }
}

function makeForm(...fields: FormField[]): DataForm {
  return { type: 'form', title: '', instructions: [], fields, columns: [], rows: [] }
}

describe('patterns', () => {
  test.each([
    ['([0-9]{3})-([0-9]{2})-([0-9]{4})', ['123-12-1234'], ['123-12-123', 'x123-12-1234', '123-12-12345']],
    ['^a+$', ['a', 'aaa'], ['', 'b', 'aab']],
    ['a*b?c', ['c', 'aaabc', 'bc'], ['ab', 'cc']],
    ['(foo|ba[rz])+', ['foo', 'barbaz'], ['', 'ba', 'foob']],
    ['[^a-c]x', ['dx', '漢x'], ['ax', 'x']],
    ['[[:alpha:]_][[:alnum:]_]*', ['été', '_a1'], ['1a', '']],
    ['\\d{2,3}', ['12', '123'], ['1', '1234']],
    ['\\d{2,}', ['12', '12345'], ['1']],
    ['(?:a|)b', ['ab', 'b'], ['aab']],
    ['a.c', ['a😀c', 'abc'], ['ac', 'abbc']],
    ['a\\.c\\$', ['a.c$'], ['abc$']],
    ['[]x]+', [']x]'], ['a']],
    ['[a\\]-]+', ['a]-'], ['b']],
    ['', [''], ['a']],
  ])('%s', (source, fits, others) => {
    const pattern = compilePattern(source)
    expect(fits.map((text) => pattern?.(text))).toEqual(fits.map(() => true))
    expect(others.map((text) => pattern?.(text))).toEqual(others.map(() => false))
  })

  test.each([
    '(a)\\1',
    'a(?=b)',
    '(?<x>a)',
    '*a',
    '(a',
    'a)',
    '[a',
    'a{2',
    'a{3,2}',
    'a{9999}',
    'a\\',
    '[[:evil:]]',
    'a\\b',
    '(a{1000}){1000}',
    '('.repeat(1000),
  ])('what is not understood says nothing: %s', (source) => {
    expect(compilePattern(source)).toBeUndefined()
  })

  // Each of these takes a backtracking engine longer than the age of the universe.
  test.each(['(a+)+$', '(a|a)*', '(a|aa)+', '(.*)*x', '(([a-z])+.)+[A-Z]([a-z])+', '(a?){50}a{50}'])(
    'a hostile one is done at once: %s',
    (source) => {
      expect(compilePattern(source)?.(`${'a'.repeat(5000)}!`)).toBe(false)
    },
  )

  test('too much work is left to the service', () => {
    expect(compilePattern('(a|b){500}')?.('x'.repeat(60_000))).toBe(true)
  })
})

describe('checks', () => {
  const check = (validation: FieldValidation, value: string, type: FieldType = 'text-single') =>
    findProblem(makeField(type, { validation }), value.split('\n'))?.key

  test.each<[FieldValidation['datatype'], readonly string[], readonly string[]]>([
    ['string', ['anything'], []],
    ['integer', ['-5', '+7', '123456789012345678901234567890'], ['1.5', 'x', '1e5']],
    ['long', ['9223372036854775807', '-9223372036854775808'], ['9223372036854775808', '1.0']],
    ['decimal', ['1.5', '.5', '-3'], ['1e5', ',5', '']],
    ['double', ['1e5', 'INF', '-1.5E-3', 'NaN'], ['1e', 'infinite']],
    ['boolean', ['0', '1', 'true', 'false'], ['yes', 'TRUE']],
    ['date', ['2026-11-21', '2026-02-28Z'], ['2026-02-30', '21.11.2026', '2026-13-01']],
    ['time', ['18:30:00', '00:00:00.5Z'], ['25:00:00', '18:30']],
    [
      'dateTime',
      ['2003-10-06T11:22:00-07:00', '2026-11-21T00:00:00Z'],
      ['2026-11-21', '2026-02-30T00:00:00Z'],
    ],
    ['anyURI', ['https://a.example/?x#y', 'mailto:a@b.example'], ['a b', '<a>']],
    ['language', ['en', 'zh-CN', 'de-1996'], ['english language', 'e_n', '-']],
  ])('%s', (datatype, right, wrong) => {
    expect(right.map((value) => check({ datatype }, value))).toEqual(right.map(() => undefined))
    expect(
      wrong.filter((value) => value !== '').every((value) => check({ datatype }, value) !== undefined),
    ).toBe(true)
  })

  test('bounds, of numbers, of moments across zones, and of huge numbers', () => {
    expect(check({ datatype: 'integer', min: '1', max: '10' }, '0')).toBe('services.tooSmall')
    expect(check({ datatype: 'integer', min: '1', max: '10' }, '11')).toBe('services.tooLarge')
    expect(check({ datatype: 'integer', min: '1', max: '10' }, '10')).toBeUndefined()
    expect(check({ datatype: 'integer', max: '9007199254740992' }, '9007199254740993')).toBe(
      'services.tooLarge',
    )
    const range = { datatype: 'dateTime', min: '2003-10-05T00:00:00-07:00' } as const
    expect(check(range, '2003-10-05T06:59:59Z')).toBe('services.tooSmall')
    expect(check(range, '2003-10-05T07:00:00Z')).toBeUndefined()
    expect(check({ datatype: 'integer', min: 'nonsense' }, '5')).toBeUndefined()
  })

  test('a pattern, an address, what is needed, how many', () => {
    expect(check({ datatype: 'string', pattern: '[0-9]+' }, '12a')).toBe('services.needsOther')
    expect(check({ datatype: 'string', pattern: '(a)\\1' }, 'anything')).toBeUndefined()
    expect(findProblem(makeField('jid-single'), ['no address'])?.key).toBe('services.needsAddress')
    expect(
      findProblem(makeField('jid-multi'), ['a@b.example', 'conference.b.example', 'a@b/r']),
    ).toBeUndefined()
    expect(findProblem(makeField('text-single', { required: true }), [])?.key).toBe('services.needed')
    expect(findProblem(makeField('text-single'), [])).toBeUndefined()
    const many = makeField('list-multi', { validation: { datatype: 'string', fewest: 2, most: 3 } })
    expect(findProblem(many, ['a'])).toEqual({ key: 'services.tooFew', values: { count: 2 } })
    expect(findProblem(many, ['a', 'b', 'c', 'd'])?.key).toBe('services.tooMany')
  })

  test('lines are values of their own only in an open text-multi', () => {
    expect(check({ datatype: 'integer', open: true }, '1\n2\nx', 'text-multi')).toBe('services.needsInteger')
    expect(check({ datatype: 'integer', open: true }, '1\n2', 'text-multi')).toBeUndefined()
    expect(check({ datatype: 'integer' }, '1\n2', 'text-multi')).toBe('services.needsInteger')
  })
})

describe('what is sent', () => {
  test('every type, as it came', () => {
    const options = ['a', 'b'].map((value) => ({ value, label: '' }))
    const entry = new FormEntry(
      makeForm(
        makeField('hidden', { values: ['secret state'] }),
        makeField('fixed', { values: ['words'] }),
        makeField('boolean', { values: ['true'] }),
        makeField('jid-multi', { values: ['a@b.example', 'c@d.example'] }),
        makeField('jid-single', { values: ['a@b.example'] }),
        makeField('list-multi', {
          values: ['a', 'other'],
          options,
          validation: { datatype: 'string', open: true },
        }),
        makeField('list-single', { values: ['b'], options }),
        makeField('text-multi', { values: ['one', '', 'three'] }),
        makeField('text-private', { values: ['pw'] }),
        makeField('text-single', { values: ['text'] }),
      ),
    )
    expect(entry.check()).toBe(true)
    expect(entry.answers().map(({ name, values }) => [name, ...values])).toEqual([
      ['hidden', 'secret state'],
      ['boolean', '1'],
      ['jid-multi', 'a@b.example', 'c@d.example'],
      ['jid-single', 'a@b.example'],
      ['list-multi', 'a', 'other'],
      ['list-single', 'b'],
      ['text-multi', 'one', '', 'three'],
      ['text-private', 'pw'],
      ['text-single', 'text'],
    ])
  })

  test('what was left empty has no value; unticked is no', () => {
    const entry = new FormEntry(
      makeForm(makeField('text-single'), makeField('boolean'), makeField('jid-multi')),
    )
    expect(entry.answers().map(({ values }) => values)).toEqual([[], ['0'], []])
  })
})

describe('dates and times in the browser’s fields', () => {
  test('a moment is shown as of here and sent with its zone', () => {
    const shown = toNative('datetime-local', '2003-10-06T11:22:00-07:00')
    expect(fromNative('datetime-local', shown)).toBe('2003-10-06T18:22:00Z')
    expect(fromNative('time', '18:30')).toBe('18:30:00')
    expect([fromNative('date', '2026-11-21'), fromNative('datetime-local', '')]).toEqual(['2026-11-21', ''])
  })

  test('what the browser can’t show stays text', () => {
    expect(nativeType('date', '2026-11-21Z')).toBeUndefined()
    expect(nativeType('time', '18:30:00.5')).toBeUndefined()
    expect(nativeType('dateTime', 'soon')).toBeUndefined()
    expect([nativeType('date', ''), nativeType('time', ''), nativeType('dateTime', ''), nativeType('string', '')]).toEqual(['date', 'time', 'datetime-local', undefined]) // prettier-ignore
  })
})
