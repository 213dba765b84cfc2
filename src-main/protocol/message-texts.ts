/** RFC 6121 §5.2.3 to §5.2.5: the texts of a message, in one language or several, and the thread it belongs to. */
import type { TextVersion, Thread } from '../model/message.ts'
import { attribute, clip, ownChildren, present } from './stanza.ts'
import { xml, type Element } from './xml.ts'

/** Far above what servers let through (256 KiB is much): no honest body is ever cut. */
const MAX_BODY_LENGTH = 1_048_576
const MAX_SUBJECT_LENGTH = 4096
const MAX_THREAD_LENGTH = 1024
/** More languages than anybody writes in. */
const MAX_VERSIONS = 16
/** BCP 47 §4.4.1 asks for 35. */
const LANGUAGE_TAG = /^(?=.{2,64}$)[a-z]{1,8}(-[a-z0-9]{1,8})*$/i

export interface MessageTexts {
  /** Absent when there is none or it is empty. Text, whatever it looks like. */
  readonly body?: string
  /** Present and empty where a room clears its subject. */
  readonly subject?: string
  /** Where it was written in more than one language: each of them, the one of `body` and `subject` first. */
  readonly versions?: readonly TextVersion[]
  /** One language came twice. The first counts (attack S6). */
  readonly repeated?: true
}

/** Direct children only, each in the language that it or what it lies in names (RFC 6120 §8.1.5). */
export function parseTexts(message: Element): MessageTexts {
  const bodies = textsOf(message, 'body', MAX_BODY_LENGTH)
  const subjects = textsOf(message, 'subject', MAX_SUBJECT_LENGTH)
  const subjectFor = (lang: string): string | undefined =>
    subjects.texts.find((one) => one.lang === lang)?.text ?? subjects.texts[0]?.text
  const written = bodies.texts.filter(({ text }) => text !== '')
  const versions =
    written.length > 0
      ? written.map(({ lang, text }) => ({ lang, body: text, ...present('subject', subjectFor(lang)) }))
      : subjects.texts.map(({ lang, text }) => ({ lang, body: '', subject: text }))
  return {
    ...present('body', written[0]?.text),
    ...present('subject', subjectFor(written[0]?.lang ?? '')),
    ...present('versions', versions.length > 1 ? versions : undefined),
    ...present('repeated', bodies.repeated || subjects.repeated ? true : undefined),
  }
}

interface LanguageText {
  readonly lang: string
  readonly text: string
}

/** One text a language, the stanza's own language first. */
function textsOf(message: Element, name: string, maxLength: number) {
  const own = languageOf(message)
  const byLanguage = new Map<string, LanguageText>()
  let repeated = false
  for (const child of ownChildren(message, name)) {
    const lang = languageOf(child)
    if (byLanguage.has(lang.toLowerCase())) repeated = true
    else if (byLanguage.size < MAX_VERSIONS)
      byLanguage.set(lang.toLowerCase(), { lang, text: clip(child.getText(), maxLength) })
  }
  const all = [...byLanguage.values()]
  return {
    texts: [...all.filter(({ lang }) => lang === own), ...all.filter(({ lang }) => lang !== own)],
    repeated,
  }
}

/** The nearest `xml:lang`, up to the stream's own; empty where nobody names a language or it is no language tag. */
function languageOf(element: Element): string {
  for (let at: Element | null = element; at !== null; at = at.parent) {
    const tag = attribute(at, 'xml:lang')
    if (tag !== undefined) return LANGUAGE_TAG.test(tag) ? tag : ''
  }
  return ''
}

/** An id that is empty or absurdly long is none; a part of it would be another thread's. */
export function parseThread(message: Element): Thread | undefined {
  const thread = ownChildren(message, 'thread')[0]
  const id = threadId(thread?.getText())
  if (thread === undefined || id === undefined) return undefined
  return { id, ...present('parent', threadId(attribute(thread, 'parent'))) }
}

function threadId(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text.length > MAX_THREAD_LENGTH ? undefined : text
}

export function buildThread({ id, parent }: Thread): Element {
  return xml('thread', { parent }, id)
}
