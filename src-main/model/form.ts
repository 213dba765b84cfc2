/** Data forms (XEP-0004) as plain data: what a service asks or shows, and what the user answers. All texts are the service's. */
import type { ShownPicture } from './picture.ts'

export const FIELD_TYPES = [
  'boolean',
  'fixed',
  'hidden',
  'jid-multi',
  'jid-single',
  'list-multi',
  'list-single',
  'text-multi',
  'text-private',
  'text-single',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]

/** 'form' asks, 'result' shows; 'submit' and 'cancel' are answers. */
export type FormType = 'form' | 'submit' | 'cancel' | 'result'

export interface DataForm {
  readonly type: FormType
  readonly title: string
  /** One paragraph each. */
  readonly instructions: readonly string[]
  /** No name twice; a 'fixed' one may have none. */
  readonly fields: readonly FormField[]
  /** Columns of the table that `rows` are; none when there is no table. */
  readonly columns: readonly FormColumn[]
  /** By row, then by column: the values of that cell. */
  readonly rows: readonly (readonly (readonly string[])[])[]
  /** More came than Linnet takes, and was left out. */
  readonly truncated?: true
}

export interface FormField {
  readonly type: FieldType
  /** Its `var`; empty for words between fields. */
  readonly name: string
  readonly label: string
  /** What helps to fill it. */
  readonly description: string
  readonly required: boolean
  readonly values: readonly string[]
  /** Of the list types; no value twice. */
  readonly options: readonly FormOption[]
  readonly validation?: FieldValidation
  /** What stands beside the field. */
  readonly media?: FormMedia
  /** It asks for a sign that a person answers (XEP-0158). */
  readonly challenge?: Challenge
}

/** XEP-0158 §5.3: by what is to be done. */
export const CHALLENGES = [
  'audio_recog',
  'ocr',
  'picture_q',
  'picture_recog',
  'qa',
  'speech_q',
  'speech_recog',
  'video_q',
  'video_recog',
] as const
export type Challenge = (typeof CHALLENGES)[number]

/** XEP-0221. */
export interface FormMedia {
  /** Came with the form. In pixels. */
  readonly picture?: ShownPicture & { readonly width: number; readonly height: number }
  /** The content id (XEP-0231) of one that did not come along. */
  readonly missing?: string
  /** Where on the web it is: opened by the user, never fetched. */
  readonly pages: readonly string[]
}

export interface FormOption {
  readonly value: string
  /** Empty: show the value. */
  readonly label: string
}

export interface FormColumn {
  readonly name: string
  readonly label: string
  readonly type: FieldType
}

export const DATATYPES = [
  'anyURI',
  'boolean',
  'date',
  'dateTime',
  'decimal',
  'double',
  'integer',
  'language',
  'long',
  'string',
  'time',
] as const
/** XML Schema's, without "xs:". */
export type Datatype = (typeof DATATYPES)[number]

/** XEP-0122: what the values must be, beyond the field's type. */
export interface FieldValidation {
  readonly datatype: Datatype
  /** In a list: other values than the options may be given. In text-multi: each line is a value of the datatype. */
  readonly open?: true
  readonly min?: string
  readonly max?: string
  /** A POSIX extended regular expression that the whole value must fit. */
  readonly pattern?: string
  /** How many values of a list-multi. */
  readonly fewest?: number
  readonly most?: number
}

/** The user's answer to one field. */
export interface FieldAnswer {
  readonly name: string
  readonly type: FieldType
  readonly values: readonly string[]
}
