/** What is on screen as others have it: dark, in Chinese, in a window 480 pixels wide; all at once, for each alone takes as long. */
import type { Page } from 'playwright-core'

const NARROW_PX = 480

/** Runs while the window looks so, and leaves it as it was, with the focus where it was. Menus would close: they keep the width. */
export async function inAnotherLook<T>(
  page: Page,
  width: 'narrow' | 'as it is',
  run: () => Promise<T>,
): Promise<T> {
  const before = await page.evaluate(() => {
    Object.assign(globalThis, { held: document.activeElement })
    const { theme = 'system' } = document.documentElement.dataset
    return { width: innerWidth, height: innerHeight, theme }
  })
  const narrow = width === 'narrow'
  await Promise.all([narrow && resize(page, NARROW_PX, before.height), choose(page, 'dark', 'zh-CN')])
  try {
    await drawn(page)
    return await run()
  } finally {
    await Promise.all([narrow && resize(page, before.width, before.height), choose(page, before.theme, 'en')])
    await drawn(page)
    // What a narrow window hides cannot keep the focus.
    await page.evaluate(() => {
      const { held } = globalThis as unknown as { held: Element | null }
      if (held instanceof HTMLElement && held !== document.activeElement) held.focus()
    })
  }
}

async function resize(page: Page, width: number, height: number): Promise<void> {
  await page.setViewportSize({ width, height })
  await page.waitForFunction((wanted) => innerWidth === wanted, width)
}

/** By the command that the settings use; resolves once the window shows it. */
async function choose(page: Page, theme: string, language: string): Promise<void> {
  await page.evaluate(
    (settings) => {
      const { bridge } = globalThis as unknown as {
        bridge: { invoke(name: string, input: object): Promise<unknown> }
      }
      return bridge.invoke('settings.set', settings)
    },
    { theme, language },
  )
  await page.waitForFunction(
    (wanted) =>
      document.documentElement.lang === wanted.language &&
      (document.documentElement.dataset['theme'] ?? 'system') === wanted.theme,
    { theme, language },
  )
}

/** What follows from a change is there once two frames have been drawn. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
}
