// @vitest-environment happy-dom
/** The code of an invitation is read back from its pixels, by a reader that is not ours. */
import { Resvg } from '@resvg/resvg-js'
import jsQR from 'jsqr'
import { expect, test } from 'vitest'
import QrCode from '../../src-renderer/components/invites/QrCode.svelte'
import { renderWithWords } from './render.ts'
import { readTokens } from './tokens.ts'

const tokens = readTokens()

/** As it is shown: the component's squares in the colours of the tokens. */
function read(svg: Element | null): string | undefined {
  const [light, dark] = ['code-light', 'code-dark'].map((name) => tokens.get(name))
  const style = `<style>rect{fill:${light}}path{fill:${dark}}</style>`
  const box = svg?.getAttribute('viewBox') ?? ''
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">${style}${svg?.innerHTML ?? ''}</svg>`
  const { pixels, width, height } = new Resvg(drawn, { fitTo: { mode: 'width', value: 240 } }).render()
  return jsQR(new Uint8ClampedArray(pixels), width, height)?.data
}

test.each([
  'xmpp:romeo@montague.example?roster;preauth=k3dF-9_x',
  `xmpp:montague.example?register;preauth=${'T0ken-'.repeat(12)}`,
  'xmpp:rom%C3%A9o@%E8%92%99%E5%A4%AA%E5%8F%A4.example?roster;preauth=x;ibr=y',
  `https://invite.example/i/#romeo@montague.example?roster;preauth=${'x'.repeat(200)}`,
])('%s', (link) => {
  const { container } = renderWithWords(QrCode, { text: link, label: 'Code' })
  expect(read(container.querySelector('svg'))).toBe(link)
})
