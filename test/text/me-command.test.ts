/** XEP-0245, its examples. */
import { expect, test } from 'vitest'
import { parseAction } from '../../src-main/text/me-command.ts'

test.each([
  ['/me shrugs in disgust', 'shrugs in disgust'],
  ['/me  laughs\ntwice', ' laughs\ntwice'],
  ['/me ', ''],
])('%j is an action', (body, action) => {
  expect(parseAction(body)).toBe(action)
})

test.each([
  '/meshrugs in disgust',
  "/me's disgusted",
  ' /me shrugs in disgust',
  '"/me shrugs in disgust"',
  '* Atlas shrugs in disgust',
  'Why did Atlas say "/me shrugs in disgust"?',
  '/ME shrugs',
  '/me\u00a0shrugs',
  '/me\tshrugs',
  '/me',
  '',
])('%j is not', (body) => {
  expect(parseAction(body)).toBeUndefined()
})
