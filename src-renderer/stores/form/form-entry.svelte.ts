/** A form while it is being filled in: what stands in each field, what is wrong with it, and the answer it makes. */
import type { DataForm, FieldAnswer, FormField } from '../../../src-main/model/form.ts'
import { findProblem, type FieldProblem } from './field-check.ts'

/** One field. `text` is what stands in a text field or is chosen in a list of one; lines are values of the multi types. */
export class FieldEntry {
  text = $state('')
  checked = $state(false)
  chosen = $state.raw<readonly string[]>([])
  /** Undefined until it was checked, and again once it is changed. */
  problem = $state.raw<FieldProblem | undefined>(undefined)

  constructor(readonly field: FormField) {
    const { type, values } = field
    const [first = ''] = values
    if (type === 'boolean') this.checked = first === '1' || first === 'true'
    else if (type === 'list-multi') this.#startChosen(field)
    else this.text = type.endsWith('-multi') ? values.join('\n') : first
  }

  /** What is no option of an open list stands in the text beside it. */
  #startChosen({ values, options, validation }: FormField): void {
    const isOption = (value: string): boolean => options.some((option) => option.value === value)
    this.chosen = values.filter((value) => isOption(value))
    if (validation?.open) this.text = values.filter((value) => !isOption(value)).join('\n')
  }

  /** What would be sent now; none where nothing was entered. */
  get values(): readonly string[] {
    switch (this.field.type) {
      case 'boolean':
        return [this.checked ? '1' : '0']
      case 'hidden':
      case 'fixed':
        return this.field.values
      case 'list-multi':
        return [...new Set([...this.chosen, ...linesOf(this.text)])]
      case 'text-multi':
        return this.text === '' ? [] : this.text.split('\n')
      case 'jid-multi':
        return [...new Set(linesOf(this.text))]
      default:
        return this.text === '' ? [] : [this.text]
    }
  }

  /** What was filled in before, where it is the same question still. */
  takeOver({ field, text, checked, chosen }: FieldEntry): void {
    const isKept = field.type === this.field.type && field.type !== 'hidden' && field.type !== 'fixed'
    if (!isKept || this.field.challenge !== undefined || this.field.media !== undefined) return
    Object.assign(this, { text, checked, chosen })
  }

  check(): boolean {
    this.problem = findProblem(this.field, this.values)
    return this.problem === undefined
  }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

export class FormEntry {
  readonly fields: readonly FieldEntry[]
  /** How often a check found something: whoever shows the form then leads to it. */
  failures = $state(0)

  constructor(readonly form: DataForm) {
    this.fields = form.fields.map((field) => new FieldEntry(field))
  }

  /** Whether it asks for a sign that a person answers. */
  get challenged(): boolean {
    return this.form.fields.some(({ challenge }) => challenge !== undefined)
  }

  /** Of the same form, asked for once more. */
  takeOver(before: FormEntry): void {
    for (const entry of this.fields) {
      const same = before.fields.find(({ field }) => field.name === entry.field.name)
      if (same !== undefined) entry.takeOver(same)
    }
  }

  /** Checks every field; true when nothing is known to be wrong. */
  check(): boolean {
    const isRight = this.fields.map((entry) => entry.check()).every(Boolean)
    if (!isRight) this.failures += 1
    return isRight
  }

  answers(): (FieldAnswer & { values: string[] })[] {
    return this.fields
      .filter(({ field }) => field.name !== '' && field.type !== 'fixed')
      .map(({ field, values }) => ({ name: field.name, type: field.type, values: [...values] }))
  }
}
