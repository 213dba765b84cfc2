import { expect, test } from 'vitest'
import { fileOf, isOwnPage } from '../../src-main/shell/own-pages.ts'

test.each([
  ['linnet://app/', '/root/index.html'],
  ['linnet://app/index.html?conversation=3', '/root/index.html'],
  ['linnet://app/assets/a.js#x', '/root/assets/a.js'],
  ['linnet://app/a/../b.css', '/root/b.css'],
  ['linnet://app/..%2f..%2fetc/passwd', undefined],
  ['linnet://app/%2e%2e/%2e%2e/etc/passwd', '/root/etc/passwd'],
  ['linnet://app/..%5c..%5cetc', undefined],
  ['linnet://app/a%00.js', undefined],
  ['linnet://app/%E0%A4%A', undefined],
  ['linnet://other/index.html', undefined],
  ['https://app/index.html', undefined],
  ['', undefined],
])('%s names %s', (url, file) => {
  expect(fileOf(url, '/root')).toBe(file)
})

test('the development origin counts as a whole', () => {
  expect(isOwnPage('http://localhost:5173/x', 'http://localhost:5173')).toBe(true)
  expect(isOwnPage('http://localhost:51730/x', 'http://localhost:5173')).toBe(false)
  expect(isOwnPage('http://localhost:5173.evil.example/', 'http://localhost:5173')).toBe(false)
})
