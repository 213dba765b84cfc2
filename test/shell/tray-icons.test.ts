import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SHOWS } from '../../src-main/model/presence.ts'

const icons = join(import.meta.dirname, '../../assets/icons')

test.each(['linux', 'windows', 'mac'])('every presence has its pictures for %s', (system) => {
  const names = [...SHOWS, 'offline'].flatMap((show) => [show, `${show}-unread`])
  const files = names.flatMap((name) => [`${name}.png`, `${name}@2x.png`])
  expect(files.filter((file) => !existsSync(join(icons, 'tray', system, file)))).toEqual([])
})
