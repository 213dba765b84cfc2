/** XEP-0004: forms out of all bounds. What a form means is in the cases. */
import { expect, test } from 'vitest'
import type { DataForm } from '../../src-main/model/form.ts'
import { LIMITS, parseForm } from '../../src-main/protocol/xep-0004-data-forms.ts'
import { parseStanza } from '../helpers/stanza.ts'

function parse(content: string): DataForm {
  const form = parseForm(parseStanza(`<query><x xmlns='jabber:x:data' type='form'>${content}</x></query>`))
  if (form === undefined) throw new Error('no form')
  return form
}

const many = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join('')

test('10,000 fields are cut, and the form says so', () => {
  const { fields, truncated } = parse(many(10_000, (index) => `<field var='f${index}'/>`))
  expect([fields.length, truncated]).toEqual([LIMITS.fields, true])
})

test('10,000 fields of one name are one', () => {
  const { fields } = parse(many(10_000, (index) => `<field var='f'><value>${index}</value></field>`))
  expect(fields.map(({ values }) => values)).toEqual([['0']])
})

test('10,000 options, values, columns and rows are cut', () => {
  const options = many(10_000, (index) => `<option><value>${index}</value></option>`)
  const values = many(10_000, (index) => `<value>${index}</value>`)
  const [field] = parse(`<field var='f' type='list-multi'>${options}${values}</field>`).fields
  expect([field?.options.length, field?.values.length]).toEqual([LIMITS.options, LIMITS.values])
  const columns = many(100, (index) => `<field var='c${index}'/>`)
  const rows = many(10_000, (index) => `<item><field var='c0'><value>${index}</value></field></item>`)
  const table = parse(`<reported>${columns}</reported>${rows}`)
  expect([table.columns.length, table.rows.length, table.truncated]).toEqual([
    LIMITS.columns,
    LIMITS.rows,
    true,
  ])
})

test('endless texts are clipped', () => {
  const long = 'x'.repeat(100_000)
  const form = parse(`<title>${long}</title><instructions>${long}</instructions>
    <field var='f' label='${long}'><desc>${long}</desc><value>${long}</value></field><field var='${long}'/>`)
  const [field, ...others] = form.fields
  expect(others).toEqual([])
  expect([form.title, ...form.instructions, field?.label, field?.description, field?.values[0]].map((text) => text?.length)).toEqual([1024, 8192, 1024, 8192, 65_536]) // prettier-ignore
})
