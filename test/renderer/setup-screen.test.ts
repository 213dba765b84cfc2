// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import type { AddressCheck } from '../../src-main/contract/commands.ts'
import type { CertificateProblem, ConnectionProblem, ProblemCode } from '../../src-main/model/account.ts'
import { LOCALES, rawText, type Locale } from '../../src-main/text/text.ts'
import { CHECK_DELAY_MS } from '../../src-renderer/stores/sign-in-form.svelte.ts'
import { certificateReason, PROBLEM_WORDS } from '../../src-renderer/stores/problem-words.ts'
import CertificateDetails from '../../src-renderer/components/setup/CertificateDetails.svelte'
import ProblemNote from '../../src-renderer/components/setup/ProblemNote.svelte'
import { createFakeBridge, Refusal, type FakeBridge } from './fake-bridge.ts'
import { jid, makeAccount, makeSnapshot } from './make.ts'
import { renderWithWords } from './render.ts'
import { renderApp } from './render-app.ts'

const user = userEvent.setup()

function environment(part: { locale?: Locale; keyringProtected?: boolean }) {
  return { ...makeSnapshot().environment, ...part }
}

function refusing(problem: ConnectionProblem, locale: Locale = 'en'): FakeBridge {
  const refuse = () => {
    throw new Refusal({ code: 'sign-in-failed', problem })
  }
  return createFakeBridge({ environment: environment({ locale }) }, { 'account.signIn': refuse })
}

async function fill(
  bridge: FakeBridge,
  address = 'romeo@montague.example',
  password = 'secret',
): Promise<void> {
  renderApp(bridge)
  await user.type(await screen.findByLabelText(/^XMPP (address|地址)$/), address)
  await user.type(screen.getByLabelText(/^(Password|密码)$/), password)
}

async function signIn(): Promise<void> {
  await user.click(screen.getByRole('button', { name: /^(Sign in|登录)$/ }))
}

describe('signing in', () => {
  test('sends what was typed, once, by Enter, and keeps no password after', async () => {
    const bridge = createFakeBridge({}, { 'account.signIn': () => makeAccount() })
    await fill(bridge, ' xmpp:romeo@montague.example ')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(bridge.inputsOf('account.signIn')).toHaveLength(1))
    expect(bridge.inputsOf('account.signIn')[0]).toEqual({
      address: 'romeo@montague.example',
      password: 'secret',
      remember: true,
      insist: false,
      security: 'automatic',
    })
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe(''))
  })

  test('shows the steps, those behind and the one that runs, and can be cancelled', async () => {
    let refuse = (_error: Refusal): void => undefined
    const bridge = createFakeBridge(
      {},
      {
        'account.signIn': () => new Promise((_resolve, reject) => (refuse = reject)),
        'account.cancelSignIn': () =>
          refuse(new Refusal({ code: 'sign-in-failed', problem: { code: 'cancelled' } })),
      },
    )
    await fill(bridge)
    await signIn()
    bridge.push('signIn.progressed', { step: 'securing' })
    const steps = () => screen.getAllByRole('listitem').map((step) => step.textContent.trim())
    await waitFor(() =>
      expect(steps()).toEqual(['Found the server', 'Connected', 'Encrypting the connection…']),
    )
    expect(screen.getByLabelText<HTMLInputElement>('XMPP address').disabled).toBe(true)
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await screen.findByRole('button', { name: 'Sign in' })
    expect(bridge.inputsOf('account.cancelSignIn')).toHaveLength(1)
    expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('secret')
  })

  test('says what is missing before it asks anybody', async () => {
    const bridge = createFakeBridge()
    renderApp(bridge)
    await screen.findByLabelText('XMPP address')
    await signIn()
    expect(await screen.findByText('Enter your XMPP address.')).toBeDefined()
    expect(screen.getByText('Enter your password.')).toBeDefined()
    expect(bridge.inputsOf('account.signIn')).toEqual([])
    await user.type(screen.getByLabelText('Password'), 'x')
    expect(screen.queryByText('Enter your password.')).toBeNull()
  })

  test('Advanced: host, port and resource; a wrong port is said', async () => {
    const bridge = createFakeBridge({}, { 'account.signIn': () => makeAccount() })
    await fill(bridge)
    await user.click(screen.getByRole('button', { name: 'Advanced' }))
    await user.type(screen.getByLabelText('Host'), ' xmpp.montague.example ')
    await user.type(screen.getByLabelText('Port'), '99999')
    await user.type(screen.getByLabelText('Resource'), 'desk')
    await signIn()
    expect(await screen.findByText('A port is a number from 1 to 65535.')).toBeDefined()
    await user.clear(screen.getByLabelText('Port'))
    await user.type(screen.getByLabelText('Port'), '5223')
    await signIn()
    await waitFor(() => expect(bridge.inputsOf('account.signIn')).toHaveLength(1))
    expect(bridge.inputsOf('account.signIn')[0]).toMatchObject({
      host: 'xmpp.montague.example',
      port: 5223,
      resource: 'desk',
    })
  })
})

describe('problems', () => {
  const codes = Object.keys(PROBLEM_WORDS) as ProblemCode[]

  test.each(LOCALES.flatMap((locale) => codes.map((code) => ({ locale, code }))))(
    '$code in $locale: what happened, what to do, the technical line',
    async ({ locale, code }) => {
      await fill(refusing({ code, detail: `technical ${code}` }, locale))
      await signIn()
      const alert = await screen.findByRole('alert')
      const { what, advice } = PROBLEM_WORDS[code]
      for (const key of [what, advice]) {
        expect(alert.textContent).toContain(rawText(locale, key).replace('{domain}', 'montague.example'))
      }
      expect(alert.querySelector('details')?.textContent).toContain(`technical ${code}`)
    },
  )

  test('no two problems share their words', () => {
    for (const locale of LOCALES) {
      const said = codes.map((code) => rawText(locale, PROBLEM_WORDS[code].what))
      expect(new Set(said).size).toBe(codes.length)
    }
  })

  test('a certificate: which, why, until when, fingerprint', async () => {
    const certificate = {
      reason: 'CERT_HAS_EXPIRED',
      subject: 'CN=montague.example',
      issuer: 'CN=<b>Verona CA</b>',
      validFrom: 'Nov 20 04:00:00 2024 GMT',
      validTo: 'Nov 20 04:00:00 2025 GMT',
      fingerprint: 'AB:CD:EF',
    }
    await fill(refusing({ code: 'certificate', certificate }))
    await signIn()
    const alert = await screen.findByRole('alert')
    for (const words of [
      'Its certificate expired on 20 November 2025.',
      'CN=montague.example',
      'CN=<b>Verona CA</b>',
      'AB:CD:EF',
      'CERT_HAS_EXPIRED',
    ]) {
      expect(alert.textContent).toContain(words)
    }
  })

  const SELF_SIGNED: CertificateProblem = {
    reason: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    subject: 'CN=montague.example',
    issuer: 'CN=montague.example',
    validFrom: 'Nov 20 04:00:00 2024 GMT',
    validTo: 'Nov 20 04:00:00 2034 GMT',
    fingerprint: 'AB:CD:EF',
  }
  const PRINT = Array.from({ length: 32 }, (_, at) => (at + 160).toString(16).toUpperCase()).join(':')

  test('a fingerprint is in groups of eight pairs, and whole where it is copied', () => {
    const { container } = renderWithWords(CertificateDetails, {
      certificate: { ...SELF_SIGNED, fingerprint: PRINT },
    })
    const groups = [...container.querySelectorAll('.print span')].map((group) => group.textContent)
    expect(groups.map((group) => group.length)).toEqual([24, 24, 24, 23])
    expect(container.querySelector('.print')?.textContent).toBe(PRINT)
  })

  test('one that is another than was trusted says so, and is trusted only after it was compared anew', async () => {
    const trusted: string[] = []
    const show = (certificate: CertificateProblem) => ({
      problem: { code: 'certificate' as const, certificate },
      domain: 'montague.example',
      ontrust: (print: string) => void trusted.push(print),
    })
    const { setProps } = renderWithWords(ProblemNote, show(SELF_SIGNED))
    const changed = () => screen.queryByText('This is not the certificate that you trusted before.')
    const trust = () =>
      screen.getByRole<HTMLButtonElement>('button', { name: 'Trust this certificate', hidden: true })
    const compared = () => screen.getByRole<HTMLInputElement>('checkbox', { hidden: true })
    expect(changed()).toBeNull()
    await user.click(compared())
    expect(trust().disabled).toBe(false)
    await setProps(show({ ...SELF_SIGNED, fingerprint: PRINT, isChanged: true }))
    expect(changed()).not.toBeNull()
    expect([compared().checked, trust().disabled]).toEqual([false, true])
    await user.click(trust())
    expect(trusted).toEqual([])
    await user.click(compared())
    await user.click(trust())
    expect(trusted).toEqual([PRINT])
  })

  test.each([
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])('%s has words of its own, an unknown reason has some', (reason) => {
    expect(certificateReason(reason)).not.toBe(certificateReason('SOMETHING_NEW'))
    expect(rawText('en', certificateReason('SOMETHING_NEW'))).toBe('Its certificate could not be verified.')
  })

  test('after a wrong password the password has the focus', async () => {
    await fill(refusing({ code: 'credentials' }))
    await signIn()
    await screen.findByRole('alert')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Password')))
  })
})

describe('the address as it is typed', () => {
  async function typed(address: string, answer: AddressCheck): Promise<FakeBridge> {
    const bridge = createFakeBridge({}, { 'account.check': () => answer })
    renderApp(bridge)
    await user.type(await screen.findByLabelText('XMPP address'), address)
    return bridge
  }
  const patience = { timeout: CHECK_DELAY_MS * 4 }

  test('is checked once typing rests', async () => {
    const found = { jid: jid('romeo@montague.example'), reachable: true, tls: 'TLSv1.3' }
    const bridge = await typed('romeo@montague.example', found)
    expect(bridge.inputsOf('account.check')).toEqual([])
    await screen.findByText('montague.example is reachable over TLS 1.3', undefined, patience)
    expect(bridge.inputsOf('account.check')).toEqual([
      { address: 'romeo@montague.example', security: 'automatic' },
    ])
  })

  test('that is none is said in words', async () => {
    await typed('romeo', {})
    await screen.findByText('An XMPP address looks like name@server.example.', undefined, patience)
  })

  test('whose server does not answer may still be tried', async () => {
    const bridge = await typed('romeo@montague.example', {
      jid: jid('romeo@montague.example'),
      reachable: false,
    })
    await screen.findByText(/^montague.example does not answer/, undefined, patience)
    await user.type(screen.getByLabelText('Password'), 'secret')
    await signIn()
    await waitFor(() => expect(bridge.inputsOf('account.signIn')).toHaveLength(1))
  })
})

describe('a keyring that does not protect', () => {
  test('is said, and storing the password there is the user’s own choice', async () => {
    const bridge = createFakeBridge(
      { environment: environment({ keyringProtected: false }) },
      { 'account.signIn': () => makeAccount() },
    )
    await fill(bridge)
    expect(screen.getByText(/no protected keyring/)).toBeDefined()
    await signIn()
    await waitFor(() =>
      expect(bridge.inputsOf('account.signIn')[0]).toMatchObject({ remember: false, insist: false }),
    )
    await user.type(screen.getByLabelText('Password'), 'secret')
    await user.click(screen.getByLabelText('Store it unprotected anyway'))
    await signIn()
    await waitFor(() =>
      expect(bridge.inputsOf('account.signIn')[1]).toMatchObject({ remember: true, insist: true }),
    )
    await user.type(screen.getByLabelText('Password'), 'secret')
    await user.click(screen.getByLabelText('Remember password'))
    await signIn()
    await waitFor(() =>
      expect(bridge.inputsOf('account.signIn')[2]).toMatchObject({ remember: false, insist: false }),
    )
  })
})

test('the language changes at once, on the document too', async () => {
  const bridge = createFakeBridge()
  renderApp(bridge)
  await screen.findByRole('heading', { name: 'Sign in' })
  expect(document.documentElement.lang).toBe('en')
  const { settings } = makeSnapshot()
  bridge.push('settings.changed', { settings: { ...settings, language: 'zh-CN', theme: 'dark' } })
  await screen.findByRole('heading', { name: '登录' })
  expect(document.documentElement.lang).toBe('zh-CN')
  expect(document.documentElement.dataset['theme']).toBe('dark')
})

test('an account that is added ends the setup', async () => {
  const bridge = createFakeBridge()
  renderApp(bridge)
  await screen.findByLabelText('XMPP address')
  bridge.push('account.added', { account: makeAccount() })
  await screen.findByRole('heading', { name: 'Chats' })
  expect(screen.queryByLabelText('XMPP address')).toBeNull()
})
