import { expect, test } from 'vitest'
import { buildFailurePages } from '../../src-main/shell/windows/failure-page.ts'
import { createTranslator } from '../../src-main/text/text.ts'

test('says what is wrong and how to go on', () => {
  const page = buildFailurePages('newer', '', createTranslator('en')).get('/failure.html')
  expect(page).toContain('This profile belongs to a newer Linnet')
  expect(page).toContain('Update Linnet')
  expect(page).toContain('href="#quit"')
  expect(page).not.toContain('<details>')
})

test('speaks Chinese', () => {
  const page = buildFailurePages('locked', '', createTranslator('zh-CN')).get('/failure.html')
  expect(page).toContain('lang="zh-CN"')
  expect(page).toContain('数据库正在使用中')
})

test('the technical line is text, whatever it holds', () => {
  const page = buildFailurePages('other', `<img src=x onerror="alert('1')"> & more`, createTranslator('en'))
  expect(page.get('/failure.html')).toContain(
    '<pre>&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62; &#38; more</pre>',
  )
})

test('the policy allows all that the page has: nothing inline', () => {
  const page = buildFailurePages('other', 'x', createTranslator('en')).get('/failure.html') ?? ''
  expect(page).not.toMatch(/<script|<style|style=|on\w+=/)
})
