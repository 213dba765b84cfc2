/** Hands that know the keyboard alone, and ears: what end-to-end tests for assistive technology do again and again. */
import type { Page } from 'playwright-core'

/** Role and name of what has the focus, of a list the row that it is at; as far as the document tells. */
export async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const held = document.activeElement
    if (!(held instanceof HTMLElement) || held === document.body) return 'nothing'
    const row = document.getElementById(held.getAttribute('aria-activedescendant') ?? '')
    const at = row instanceof HTMLElement ? row : held
    const label = at.getAttribute('aria-label') ?? (at as HTMLInputElement).labels?.[0]?.textContent
    const role = at.getAttribute('role') ?? at.tagName.toLowerCase()
    return `${role} ${(label ?? at.textContent).trim().replace(/\s+/g, ' ')}`
  })
}

/** Presses Tab until what has the focus is called so; throws after once around the window. */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let steps = 0; steps < 90; steps += 1) {
    const now = await focused(page)
    if (name.test(now)) return
    passed.push(now)
    await page.keyboard.press(key)
  }
  throw new Error(`Tab does not lead to ${String(name)}; it led to\n${passed.join('\n')}`)
}

/** Chooses an entry of the menu that is open, by arrow keys. */
export async function chooseEntry(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('menu').last().waitFor()
  const passed: string[] = []
  for (let steps = 0; steps < 40; steps += 1) {
    const now = await focused(page)
    if (name.test(now)) return page.keyboard.press('Enter')
    passed.push(now)
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`the menu has no ${String(name)}; it has\n${passed.join('\n')}`)
}

/** What is wrong with going round by Tab or Shift+Tab, in a dialog or in the window; nothing when it comes round. */
export async function roundOf(page: Page, key: 'Tab' | 'Shift+Tab', within = 'body'): Promise<string[]> {
  await page.evaluate(() => Object.assign(globalThis, { stops: [] }))
  /** Which stop this is, counted as they come first; -1 where the focus has left. */
  const stop = (): Promise<number> =>
    page.evaluate((selector) => {
      const { stops } = globalThis as unknown as { stops: (Element | null)[] }
      const at = document.activeElement
      // Between the last stop and the first there is the window itself.
      const inside = at === document.body || [...document.querySelectorAll(selector)].at(-1)?.contains(at)
      if (inside !== true) return -1
      return stops.includes(at) ? stops.indexOf(at) : stops.push(at) - 1
    }, within)
  const name = (): Promise<string | undefined> =>
    page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160))
  /** A date has parts of its own, which Tab goes through. */
  const isDate = (): Promise<boolean> =>
    page.evaluate(() => document.activeElement?.matches('input[type^=date], input[type=time]') === true)
  let last = await stop()
  for (let steps = 1, keys = 0; keys < 150; keys += 1) {
    await page.keyboard.press(key)
    const now = await stop()
    if (now === last && now !== -1 && (await isDate())) continue
    last = now
    if (now === -1) return [`left for ${(await name()) ?? ''}`]
    // Round again at where it began, or at the first stop, for what has the focus to begin with need not be one.
    if (now === 0 || (now === 1 && steps > 2)) return []
    if (now < steps && !(now === 1 && steps === 2)) return [`held at ${(await name()) ?? ''}`]
    steps += 1
  }
  return ['no end']
}

/** Listens as a screen reader does, to what is added within live regions; what it returns gives each thing that was said. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const live = '[role=log], [role=status], [role=alert], [aria-live=polite], [aria-live=assertive]'
    const heard: string[] = []
    Object.assign(globalThis, { heard })
    const hear = (words: string | null): void => {
      if (words !== null && words.trim() !== '') heard.push(words.trim().replace(/\s+/g, ' '))
    }
    new MutationObserver((changes) => {
      for (const { target, addedNodes, type } of changes) {
        const element = target instanceof Element ? target : target.parentElement
        const region = element?.closest(`${live}, [aria-live=off]`)
        const said = region !== null && region !== undefined && region.getAttribute('aria-live') !== 'off'
        if (said && type === 'characterData') hear(target.textContent)
        for (const node of addedNodes) {
          if (said) hear(node.textContent)
          // A region that comes with its words is read as well.
          else if (node instanceof Element) {
            const regions = node.matches(live) ? [node] : [...node.querySelectorAll(live)]
            for (const one of regions) if (one.getAttribute('aria-live') !== 'off') hear(one.textContent)
          }
        }
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)
}
