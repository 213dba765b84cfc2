/** Whether a field of a form is filled in right (XEP-0004, XEP-0122), and if not, in which words to say it. */
import type { FieldValidation, FormField } from '../../../src-main/model/form.ts'
import type { TextKey, TextValues } from '../../../src-main/text/text.ts'
import { compareValues, isOfType } from './datatypes.ts'
import { compilePattern } from './pattern.ts'

export interface FieldProblem {
  readonly key: TextKey
  readonly values?: TextValues
}

const LONGEST_SHOWN = 60
/** An address of any kind; the main process and the service have the last word. */
const ADDRESS = /^([^\s@/"&'<>:]+@)?[^\s@/"&'<>:]+(\/.+)?$/u

const TYPE_PROBLEMS: Readonly<Record<FieldValidation['datatype'], TextKey>> = {
  anyURI: 'services.needsLink',
  boolean: 'services.needsBoolean',
  date: 'services.needsDate',
  dateTime: 'services.needsDateTime',
  decimal: 'services.needsNumber',
  double: 'services.needsNumber',
  integer: 'services.needsInteger',
  language: 'services.needsLanguage',
  long: 'services.needsInteger',
  string: 'services.needsOther',
  time: 'services.needsTime',
}

/** Of the values that would be sent; undefined when there is nothing against them that we know. */
export function findProblem(field: FormField, values: readonly string[]): FieldProblem | undefined {
  if (field.type === 'fixed' || field.type === 'hidden') return undefined
  const isEmpty = values.every((value) => value === '')
  if (isEmpty) return field.required ? { key: 'services.needed' } : undefined
  if (field.type.startsWith('jid-')) {
    const wrong = values.find((value) => !ADDRESS.test(value.trim()))
    if (wrong !== undefined) return { key: 'services.needsAddress', values: { value: shown(wrong) } }
  }
  return field.validation && findInvalid(field, field.validation, values)
}

function findInvalid(
  field: FormField,
  validation: FieldValidation,
  values: readonly string[],
): FieldProblem | undefined {
  const { fewest, most, open } = validation
  if (field.type === 'list-multi') {
    if (fewest !== undefined && values.length < fewest)
      return { key: 'services.tooFew', values: { count: fewest } }
    if (most !== undefined && values.length > most)
      return { key: 'services.tooMany', values: { count: most } }
  }
  // §3.2.2: without it, text-multi is one text of several lines, and no line of it a value of its own.
  const checked = field.type === 'text-multi' && open !== true ? [values.join('\n')] : values
  for (const value of checked) {
    const problem = findInvalidValue(validation, value)
    if (problem !== undefined) return problem
  }
  return undefined
}

function findInvalidValue(validation: FieldValidation, value: string): FieldProblem | undefined {
  const { datatype, min, max, pattern } = validation
  if (!isOfType(datatype, value)) return { key: TYPE_PROBLEMS[datatype] }
  if (min !== undefined && (compareValues(datatype, value, min) ?? 0) < 0)
    return { key: 'services.tooSmall', values: { min: shown(min) } }
  if (max !== undefined && (compareValues(datatype, value, max) ?? 0) > 0)
    return { key: 'services.tooLarge', values: { max: shown(max) } }
  const fits = pattern === undefined ? undefined : compilePattern(pattern)
  return fits === undefined || fits(value) ? undefined : { key: 'services.needsOther' }
}

function shown(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}
