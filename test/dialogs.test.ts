/** No dialog without its test: the list of those that the tests open by keyboard is the list of those that are there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../scripts/setup/paths.mjs'
import { CHAT_DIALOGS } from './e2e/dialogs/chat.ts'
import { CONSOLE_DIALOG } from './e2e/dialogs/console.ts'
import { FIRST_DIALOGS, WELCOME_DIALOG } from './e2e/dialogs/first.ts'
import { ROOM_DIALOGS } from './e2e/dialogs/rooms.ts'
import { SCREENS } from './e2e/dialogs/screens.ts'
import { WINDOW_DIALOGS } from './e2e/dialogs/window.ts'

const folder = join(root, 'src-renderer')
const components = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.svelte') && !/^gallery\/|base\/Dialog/.test(file))
const source = (file: string): string => readFileSync(join(folder, file), 'utf8')

test('every dialog is opened, looked at and left in the end-to-end tests', () => {
  const steps = [...WINDOW_DIALOGS, ...CHAT_DIALOGS, ...ROOM_DIALOGS, ...FIRST_DIALOGS]
  const tried = new Set([...steps.map(({ of }) => of), CONSOLE_DIALOG, WELCOME_DIALOG])
  // What others are made of is tried with each of them.
  const frame = 'screens/history/FileTaskDialog.svelte'
  const there = components.filter((file) => file !== frame && /<(?:FileTask)?Dialog[\s>]/.test(source(file)))
  expect(there.length).toBeGreaterThan(50)
  expect([...tried].toSorted()).toEqual(there.toSorted())
})

test('every page of the settings is looked at', () => {
  const pages = components.flatMap((file) => /^screens\/settings\/(\w+)Page/.exec(file)?.[1] ?? [])
  const tried = SCREENS.map(({ name }) => name)
  expect(pages.filter((name) => !tried.includes(`settings, ${name}`))).toEqual([])
})

test('what names a control is said in the language of the user: no words stand in a component itself', () => {
  const literal = /\s(?:aria-label|label|title|alt|aria-roledescription)="[^"{}]*\p{L}{2}[^"{}]*"/u
  expect(components.filter((file) => literal.test(source(file)))).toEqual([])
})

test('nothing that is only a picture lacks a name', () => {
  const nameless = components.flatMap((file) =>
    [...source(file).matchAll(/<IconButton\b[^>]*>/g)]
      .filter(([tag]) => !/\blabel[=}]/.test(tag.replace(/=>/g, '')))
      .map(([tag]) => `${file}: ${tag}`),
  )
  expect(nameless).toEqual([])
})
