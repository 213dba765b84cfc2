/** An account for who answers a picture, on ejabberd 24.12 (XEP-0158, XEP-0221, XEP-0231): its own form, its own check. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCreation } from '../../src-main/domain/registration/creation.ts'
import type { Registration } from '../../src-main/model/services.ts'
import { createRegister } from '../../src-main/protocol/transport/xmpp-client.ts'
import { startEjabberd, type Ejabberd } from '../helpers/ejabberd.ts'
import { startLiveApp } from '../helpers/live-app.ts'
import { pngOf } from '../helpers/pictures.ts'

const PICTURE = pngOf(120, 40, [30, 60, 120])

let server: Ejabberd
beforeAll(async () => {
  server = await startEjabberd({ picture: PICTURE })
})
afterAll(() => server.dispose())

/** The form filled in: hidden fields go back as they came. */
function fillIn({ form }: Registration, answer: string) {
  const own: Readonly<Record<string, string>> = { username: 'newcomer', password: 'but soft', ocr: answer }
  return (form?.fields ?? [])
    .filter(({ type }) => type !== 'fixed')
    .map(({ name, type, values }) => ({
      name,
      type,
      values: [...(own[name] === undefined ? values : [own[name]])],
    }))
}

test('its picture comes along, a wrong answer is refused, and the right one makes the account', async () => {
  const openRegistration = createRegister({ ca: [readFileSync(server.caFile, 'utf8')] })
  const creation = createCreation({ openRegistration, log: () => undefined })
  const where = { host: '127.0.0.1', port: server.tlsPort, security: 'direct-tls' } as const
  const asked = await creation.begin({ server: server.domain, ...where })
  const challenge = asked.form?.fields.find(({ name }) => name === 'ocr')
  expect(challenge).toMatchObject({ challenge: 'ocr', required: true })
  expect(challenge?.media?.picture).toMatchObject({
    width: 120,
    height: 40,
    base64: PICTURE.toString('base64'),
  })

  const wrong = creation.submit({ kind: 'form', answers: fillIn(asked, 'no') })
  await expect(wrong).rejects.toThrow('refused-by-server')

  const again = await creation.renew()
  await creation.submit({ kind: 'form', answers: fillIn(again, server.captchaAnswer()) })
  const newcomer = await startLiveApp(server, 'newcomer', 'but soft')
  await newcomer.close()
})
