// @vitest-environment happy-dom
/** The form component: every type of field with its control, its words, its error; results to read. */
import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { flushSync } from 'svelte'
import { describe, expect, test } from 'vitest'
import type { DataForm as Form, FieldType, FormField } from '../../src-main/model/form.ts'
import DataForm from '../../src-renderer/components/services/DataForm.svelte'
import { FormEntry } from '../../src-renderer/stores/form/form-entry.svelte.ts'
import { renderWithWords } from './render.ts'

function field(type: FieldType, label: string, part: Partial<FormField> = {}): FormField {
  return { type, name: label, label, description: '', required: false, values: [], options: [], ...part }
}

function show(part: Partial<Form>): FormEntry {
  const entry = new FormEntry({
    type: 'form',
    title: '',
    instructions: [],
    fields: [],
    columns: [],
    rows: [],
    ...part,
  })
  renderWithWords(DataForm, { entry })
  return entry
}

const OPTIONS = ['one', 'two'].map((value) => ({ value, label: value.toUpperCase() }))

describe('a form to fill in', () => {
  test('each type has its control', () => {
    show({
      fields: [
        field('boolean', 'Yes or no'),
        field('fixed', 'Heading', { name: '', values: ['Words between'] }),
        field('hidden', 'Never seen', { values: ['secret'] }),
        field('jid-multi', 'Addresses'),
        field('jid-single', 'Address'),
        field('list-multi', 'Many', { options: OPTIONS }),
        field('list-single', 'One', { options: OPTIONS }),
        field('text-multi', 'Lines'),
        field('text-private', 'Secret'),
        field('text-single', 'Line'),
        field('text-single', 'Day', { validation: { datatype: 'date' } }),
      ],
    })
    expect(screen.getByRole('checkbox', { name: 'Yes or no' })).toBeTruthy()
    expect(screen.getByText('Words between')).toBeTruthy()
    expect(screen.queryByText('Never seen')).toBeNull()
    expect(screen.getByRole('textbox', { name: 'Addresses' }).tagName).toBe('TEXTAREA')
    expect(screen.getByRole('textbox', { name: 'Address' }).tagName).toBe('INPUT')
    expect(screen.getByRole('group', { name: 'Many' }).querySelectorAll('input[type=checkbox]')).toHaveLength(
      2,
    )
    expect(screen.getByRole('combobox', { name: 'One' }).tagName).toBe('SELECT')
    expect(screen.getByRole('textbox', { name: 'Lines' }).tagName).toBe('TEXTAREA')
    expect(screen.getByLabelText<HTMLInputElement>('Secret').type).toBe('password')
    expect(screen.getByLabelText<HTMLInputElement>('Day').type).toBe('date')
  })

  test('what is typed is what is sent; what is wrong is said at its field until it is changed', async () => {
    const entry = show({
      fields: [field('text-single', 'Nick', { required: true, description: 'As others see you' })],
    })
    const nick = screen.getByRole('textbox', { name: 'Nick (needed)' })
    const note = () => document.getElementById(nick.getAttribute('aria-describedby') ?? '')?.textContent
    expect(note()).toBe('As others see you')
    expect(entry.check()).toBe(false)
    flushSync()
    expect([note(), nick.getAttribute('aria-invalid')]).toEqual(['This is needed.', 'true'])
    await userEvent.type(nick, 'bill')
    expect([note(), entry.check()]).toEqual(['As others see you', true])
    expect(entry.answers()).toEqual([{ name: 'Nick', type: 'text-single', values: ['bill'] }])
  })

  test('many are ticked and unticked; an open list takes others too', async () => {
    const entry = show({
      fields: [
        field('list-multi', 'Many', {
          options: OPTIONS,
          values: ['one'],
          validation: { datatype: 'string', open: true },
        }),
      ],
    })
    await userEvent.click(screen.getByRole('checkbox', { name: 'TWO' }))
    await userEvent.click(screen.getByRole('checkbox', { name: 'ONE' }))
    await userEvent.type(screen.getByRole('textbox', { name: 'Others, one a line' }), 'three')
    expect(entry.answers()[0]?.values).toEqual(['two', 'three'])
  })

  test('a preset that is no option stays choosable', () => {
    const entry = show({ fields: [field('list-single', 'One', { options: OPTIONS, values: ['old'] })] })
    expect(screen.getByRole<HTMLSelectElement>('combobox').value).toBe('old')
    expect(entry.answers()[0]?.values).toEqual(['old'])
  })

  test('markup is text wherever it stands', () => {
    const evil = '<img src=x onerror=alert(1)>'
    show({
      title: evil,
      instructions: [evil],
      fields: [
        field('text-single', evil, { description: evil, values: [evil] }),
        field('fixed', evil, { values: [evil] }),
        field('list-single', 'l', { options: [{ value: evil, label: evil }] }),
      ],
    })
    expect(document.querySelector('img')).toBeNull()
    expect(screen.getAllByText(evil).length).toBeGreaterThan(3)
  })
})

describe('a result', () => {
  test('names with values; yes, no, and nothing secret', () => {
    show({
      type: 'result',
      fields: [
        field('boolean', 'Open', { values: ['1'] }),
        field('text-private', 'Key', { values: ['sesame'] }),
        field('text-multi', 'Lines', { values: ['a', 'b'] }),
        field('hidden', 'FORM_TYPE', { values: ['x'] }),
      ],
    })
    const words = [...document.querySelectorAll('dt, dd')].map((each) => each.textContent)
    expect(words).toEqual(['Open', 'Yes', 'Key', '••••••', 'Lines', 'a\nb'])
  })

  test('a long table grows by request', async () => {
    const columns = [{ name: 'n', label: 'Name', type: 'text-single' as const }]
    show({ type: 'result', columns, rows: Array.from({ length: 150 }, (_, index) => [[`row ${index}`]]) })
    expect(screen.getByRole('columnheader', { name: 'Name' })).toBeTruthy()
    expect(screen.getAllByRole('cell')).toHaveLength(100)
    await userEvent.click(screen.getByRole('button', { name: 'Show more (50 left)' }))
    expect(screen.getAllByRole('cell')).toHaveLength(150)
  })
})
