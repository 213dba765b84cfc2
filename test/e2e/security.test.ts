/** Electron's security checklist against the running application: what a page that was taken over could still do. */
import type { Page } from 'playwright-core'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../scripts/setup/paths.mjs'
import { launchLinnet, removeProfile, type Linnet } from '../helpers/app.ts'

type Invoke = (
  name: unknown,
  input: unknown,
) => Promise<{ ok: boolean; error?: { code: string; detail?: string } }>
declare const bridge: { invoke: Invoke; subscribe(listener: (batch: unknown) => void): () => void }

let linnet: Linnet
let page: Page
beforeAll(async () => {
  linnet = await launchLinnet()
  page = linnet.page
  await page.getByLabel('XMPP address').waitFor()
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
})

const windowCount = (): Promise<number> =>
  linnet.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

describe('a window', () => {
  test('is sandboxed, isolated, without Node, and can’t be given it', async () => {
    const preferences = await linnet.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => {
        // Not in the types.
        const all = webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
        const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } =
          all.getLastWebPreferences()
        return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag }
      }),
    )
    expect(preferences).toEqual([
      { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false },
    ])
  })

  test('has the bridge with two functions, and nothing of Node or Electron', async () => {
    const seen = await page.evaluate(() => ({
      bridge: Object.entries(bridge).map(([name, value]) => [name, typeof value]),
      node: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
        (name) => name in globalThis,
      ),
    }))
    expect(seen.bridge.sort()).toEqual([
      ['invoke', 'function'],
      ['subscribe', 'function'],
    ])
    expect(seen.node).toEqual([])
  })

  test('what the bridge hands to a listener is data, not Electron’s event', async () => {
    const batch = await page.evaluate(
      () =>
        new Promise((resolve) => {
          bridge.subscribe((...all) => resolve(all))
          void bridge.invoke('settings.set', { theme: 'dark' })
        }),
    )
    expect(batch).toEqual([[expect.objectContaining({ name: 'settings.changed', seq: 1 })]])
  })
})

describe('the content policy', () => {
  /** Runs in the page; resolves with what the policy stopped. */
  const blockedBy = (attack: string): Promise<string[]> =>
    page.evaluate(async (attack) => {
      const directives: string[] = []
      const note = (event: SecurityPolicyViolationEvent): void =>
        void directives.push(event.effectiveDirective)
      document.addEventListener('securitypolicyviolation', note)
      const node = document.createElement('div')
      document.body.append(node)
      if (attack === 'inline script') {
        const script = document.createElement('script')
        script.textContent = 'window.pwned = true'
        node.append(script)
      } else if (attack === 'eval') {
        // Later: what the debugger itself evaluates may do it. By another name: the compiler must not see it.
        setTimeout(() => void globalThis['eval']('window.pwned = true'))
      } else if (attack === 'fetch') {
        await fetch('https://example.org/').catch(() => undefined)
      } else node.innerHTML = attack
      await new Promise((resolve) => setTimeout(resolve, 400))
      document.removeEventListener('securitypolicyviolation', note)
      node.remove()
      const pwned = 'pwned' in window
      Reflect.deleteProperty(window, 'pwned')
      return pwned ? ['pwned'] : directives
    }, attack)

  test.each([
    ['inline script', 'script-src-elem'],
    ['eval', 'script-src'],
    ['fetch', 'connect-src'],
    ['<img src="https://example.org/x.png" onerror="window.pwned = true">', 'img-src'],
    ['<img src="linnet://app/none.png" onerror="window.pwned = true">', 'script-src-attr'],
    ['<p style="background: url(https://example.org/x.png)">', 'style-src-attr'],
    ['<style>body { display: none }</style>', 'style-src-elem'],
    ['<iframe src="https://example.org/"></iframe>', 'frame-src'],
    ['<object data="https://example.org/x.swf"></object>', 'object-src'],
    ['<video src="https://example.org/x.mp4"></video>', 'media-src'],
    ['<link rel="stylesheet" href="https://example.org/x.css">', 'style-src-elem'],
  ])('stops %s', async (attack, directive) => {
    const blocked = await blockedBy(attack)
    expect(blocked).toContain(directive)
    expect(blocked).not.toContain('pwned')
  })

  test('holds in a frame that the page writes itself, which reports to nobody', async () => {
    expect(await blockedBy('<iframe srcdoc="<script>parent.pwned = true</script>"></iframe>')).toEqual([])
  })

  test('comes with every file, and again in the page', async () => {
    const { header, sniff, meta } = await page.evaluate(async () => {
      const { headers } = await fetch('linnet://app/index.html')
      return {
        header: headers.get('content-security-policy') ?? '',
        sniff: headers.get('x-content-type-options'),
        meta:
          document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]')?.content ??
          '',
      }
    })
    for (const policy of [header, meta]) {
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
    }
    expect(header).toContain("frame-ancestors 'none'")
    expect(sniff).toBe('nosniff')
  })
})

describe('the application’s scheme', () => {
  test.each([
    '..%2f..%2fpackage.json',
    '%2e%2e/%2e%2e/package.json',
    '..%5c..%5cpackage.json',
    'main/main.js',
    '%00',
  ])('serves nothing but the renderer: %s', async (path) => {
    expect(
      await page.evaluate(
        (path) => fetch(`linnet://app/${path}`).then((response): number => response.status),
        path,
      ),
    ).toBe(404)
  })

  test('takes no other method', async () => {
    const status = await page.evaluate(() =>
      fetch('linnet://app/index.html', { method: 'POST' }).then((response): number => response.status),
    )
    expect(status).toBe(404)
  })

  test('the session itself loads nothing from elsewhere', async () => {
    const outcomes = await linnet.app.evaluate(({ session }) => {
      const load = (url: string): Promise<string> =>
        session.defaultSession.fetch(url).then(() => 'loaded', (error: unknown) => String(error)) // prettier-ignore
      return Promise.all([load('https://example.org/'), load('http://127.0.0.1:1/')])
    })
    for (const outcome of outcomes) expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT')
  })
})

describe('going elsewhere', () => {
  const attempts: Readonly<Record<string, () => void>> = {
    'by location': () => location.assign('https://example.org/'),
    'to a file': () => location.assign('file:///etc/passwd'),
    'to data': () => location.assign('data:text/html,<h1>x'),
    'by a link': () => {
      const link = document.createElement('a')
      Object.assign(link, { href: 'https://example.org/', target: '_blank' })
      document.body.append(link)
      link.click()
      link.remove()
    },
    'by a form': () => {
      const form = document.createElement('form')
      Object.assign(form, { action: 'https://example.org/', method: 'post' })
      document.body.append(form)
      form.submit()
      form.remove()
    },
    'by a new window': () => void window.open('https://example.org/', '_blank'),
    'by a new window of our own page': () => void window.open('linnet://app/index.html'),
  }

  test.each(Object.entries(attempts))('%s is refused', async (_name, attempt) => {
    await page.evaluate(attempt)
    await page.waitForTimeout(300)
    expect(page.url()).toBe('linnet://app/index.html')
    expect(await windowCount()).toBe(1)
    expect(await page.getByLabel('XMPP address').isVisible()).toBe(true)
  })

  test('window.open gives nothing to hold on to', async () => {
    expect(await page.evaluate(() => window.open('about:blank') === null)).toBe(true)
  })
})

describe('permissions', () => {
  test('every one is denied', async () => {
    const states = await page.evaluate(async () => {
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'clipboard-read',
        'midi',
        'persistent-storage',
      ]
      const state = (name: string): Promise<string> =>
        navigator.permissions.query({ name: name as PermissionName }).then((status): string => status.state)
      return Promise.all(names.map(async (name) => [name, await state(name)]))
    })
    expect(states.filter(([, state]) => state !== 'denied')).toEqual([])
  })

  test('asking does not help', async () => {
    const outcome = await page.evaluate(async () => ({
      notifications: await Notification.requestPermission(),
      clipboard: await navigator.clipboard.readText().catch((error: unknown) => (error as DOMException).name),
      place: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('known'),
          ({ code }) => resolve(code),
        ),
      ),
    }))
    expect(outcome).toEqual({ notifications: 'denied', clipboard: 'NotAllowedError', place: 1 })
  })
})

describe('commands', () => {
  const ask = (name: unknown, input: unknown): ReturnType<Invoke> =>
    page.evaluate(([name, input]) => bridge.invoke(name, input), [name, input])

  test.each(['__proto__', 'constructor', 'hasOwnProperty', 'app.nothing', '', 7, null, ['app.snapshot']])(
    'there is none called %j',
    async (name) => {
      expect(await ask(name, {})).toEqual({
        ok: false,
        error: { code: 'invalid-input', detail: 'unknown command' },
      })
    },
  )

  test.each([
    ['presence.set', { show: 'invisible', status: '' }, 'show'],
    ['presence.set', { show: 'away', status: '', more: 1 }, 'more'],
    ['message.send', { conversationId: '1 OR 1=1', body: 'x' }, 'conversationId'],
    ['message.send', { conversationId: 1, body: 'x'.repeat(70_000) }, 'body'],
    ['app.quit', null, 'input'],
    ['contact.add', { accountId: 1, jid: 'not an address', name: '', groups: [] }, 'jid'],
  ])('%s is refused wrong input', async (name, input, detail) => {
    expect(await ask(name, input)).toEqual({ ok: false, error: { code: 'invalid-input', detail } })
  })

  test.each(['file:///etc/passwd', 'smb://server/x', 'javascript:alert(1)', 'ms-msdt:x', 'linnet://app/'])(
    'the link %s is not opened',
    async (url) => {
      const opened = await spyOnOpening(() => ask('link.open', { url }))
      expect(opened.reply).toMatchObject({ ok: false, error: { code: 'link-refused' } })
      expect(opened.urls).toEqual([])
    },
  )

  test('a web link is opened outside, written anew', async () => {
    const opened = await spyOnOpening(() => ask('link.open', { url: 'HTTPS://example.org/"$(x)' }))
    expect(opened.reply).toMatchObject({ ok: true })
    expect(opened.urls).toEqual(['https://example.org/%22$(x)'])
  })

  /** In place of the user's browser. */
  async function spyOnOpening<T>(act: () => Promise<T>): Promise<{ reply: T; urls: string[] }> {
    await linnet.app.evaluate(({ shell }) => {
      const spied = shell as typeof shell & { urls?: string[] }
      spied.urls = []
      spied.openExternal = (url: string) => Promise.resolve(void spied.urls?.push(url))
    })
    const reply = await act()
    return {
      reply,
      urls: await linnet.app.evaluate(({ shell }) => (shell as typeof shell & { urls: string[] }).urls),
    }
  }
})

describe('a forged sender', () => {
  /** A window with Linnet's preload that Linnet did not open; closed again. */
  const askFrom = (url: string): Promise<unknown> =>
    linnet.app.evaluate(
      async ({ BrowserWindow }, { url, preload }) => {
        const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
        try {
          await window.loadURL(url)
          return (await window.webContents.executeJavaScript(`bridge.invoke('app.snapshot', {})`)) as unknown
        } finally {
          window.destroy()
        }
      },
      { url, preload: join(root, 'out/preload/preload.cjs') },
    )

  test.each(['linnet://app/index.html', 'data:text/html,<h1>x', 'about:blank'])(
    'a foreign window on %s gets nothing',
    async (url) => {
      expect(await askFrom(url)).toEqual({ ok: false, error: { code: 'invalid-input' } })
    },
  )

  test('one of our windows on another address gets nothing', async () => {
    const load = (url: string): Promise<void> =>
      linnet.app.evaluate(({ BrowserWindow }, url) => BrowserWindow.getAllWindows()[0]?.loadURL(url), url)
    await load('data:text/html,<h1>x</h1>')
    await page.waitForURL(/^data:/)
    const reply = await page.evaluate(() => bridge.invoke('app.snapshot', {}))
    await load('linnet://app/index.html')
    await page.waitForURL(/^linnet:/)
    expect(reply).toEqual({ ok: false, error: { code: 'invalid-input' } })
    expect(await page.evaluate(() => bridge.invoke('app.snapshot', {}))).toMatchObject({ ok: true })
  })
})
