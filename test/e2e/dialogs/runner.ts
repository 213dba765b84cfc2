/** Opens a dialog by keys, looks at it as assistive technology would, goes round in it, and closes it again. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { roundOf } from '../keyboard.ts'
import { inAnotherLook } from './another-look.ts'
import type { DialogStep, ScreenStep } from './dialogs.types.ts'
import type { Hand } from './hand.ts'
import type { Stage } from './stage.ts'

export async function prepareAxe(page: Page): Promise<void> {
  await page.evaluate(axe.source)
}

/** What depends on colours, on words and on how much room there is; by all other rules nothing changes with the look. */
const RULES_OF_LOOKS = [
  ...[
    'color-contrast',
    'target-size',
    'scrollable-region-focusable',
    'page-has-heading-one',
    'landmark-one-main',
  ],
  ...[
    'button-name',
    'link-name',
    'label',
    'select-name',
    'aria-dialog-name',
    'aria-input-field-name',
    'empty-heading',
  ],
  ...['aria-hidden-focus', 'nested-interactive', 'html-has-lang', 'html-lang-valid'],
]

/** What axe finds in the topmost dialog, or with none open in the whole window, as it is and in another look, once colours have settled. */
export async function barriers(page: Page, width: 'narrow' | 'as it is' = 'narrow'): Promise<string[]> {
  const found = await violationsIn(page)
  const other = await inAnotherLook(page, width, () => violationsIn(page, RULES_OF_LOOKS))
  return [...found.map((one) => `axe ${one}`), ...other.map((one) => `axe, dark, Chinese, ${width} ${one}`)]
}

async function violationsIn(page: Page, rules?: readonly string[]): Promise<string[]> {
  return page.evaluate(async (only) => {
    const { axe: runner } = globalThis as unknown as { axe: typeof import('axe-core') }
    const moving = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(moving.map((one) => one.finished))
    const scope = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document
    const options = only === undefined ? {} : { runOnly: [...only] }
    const { violations } = await runner.run(scope, { resultTypes: ['violations'], ...options })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  }, rules)
}

/** Whatever is open goes; the focus is in the composer of Juliet's chat. */
export async function goHome(hand: Hand): Promise<void> {
  const { page } = hand
  const open = page.locator(
    'dialog[open], [popover]:popover-open:is([role=menu], [role=dialog], [role=toolbar])',
  )
  for (let tries = 0; tries < 5 && (await open.count()) > 0; tries += 1) await hand.press('Escape')
  await hand.chat('Juliet')
}

/** Throws where a key leads nowhere; else all that is wrong with the dialog, each as a line. */
export async function tryDialog(stage: Stage, hand: Hand, step: DialogStep): Promise<string[]> {
  const { page } = stage
  await start(stage, hand, step)
  await step.open(hand)
  const dialog = page.getByRole('dialog', { name: step.title })
  await dialog.waitFor()
  const found = await barriers(page)
  found.push(...(await rounds(page, 'dialog[open]')))
  await hand.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  return [...found, ...(await strayed(page))]
}

/** The same for a menu or a picker, which Tab leaves. */
export async function tryOverlay(stage: Stage, hand: Hand, step: ScreenStep): Promise<string[]> {
  const { page } = stage
  const overlay = page.locator('[popover]:popover-open:is([role=menu], [role=dialog], [role=toolbar])').last()
  await start(stage, hand, step)
  await step.open(hand)
  await overlay.waitFor()
  const found = await barriers(page, 'as it is')
  await hand.press('Escape')
  await overlay.waitFor({ state: 'hidden' })
  return [...found, ...(await strayed(page))]
}

export async function tryScreen(stage: Stage, hand: Hand, step: ScreenStep): Promise<string[]> {
  const { page } = stage
  await start(stage, hand, step)
  await step.open(hand)
  const found = await barriers(page)
  const dialog = await page.locator('dialog[open]').count()
  found.push(...(await rounds(page, dialog > 0 ? 'dialog[open]' : 'body')))
  await step.close?.(hand)
  return found
}

/** Leads to what the step begins with and remembers it. */
async function start(stage: Stage, hand: Hand, step: DialogStep | ScreenStep): Promise<void> {
  await step.given?.(stage)
  await goHome(hand)
  await step.go?.(hand)
  await stage.page.evaluate(() => Object.assign(globalThis, { opener: document.activeElement }))
}

async function rounds(page: Page, within: string): Promise<string[]> {
  const forward = await roundOf(page, 'Tab', within)
  const back = await roundOf(page, 'Shift+Tab', within)
  return [...forward.map((one) => `Tab ${one}`), ...back.map((one) => `Shift+Tab ${one}`)]
}

/** Where the focus is, if it is not where it was. */
async function strayed(page: Page): Promise<string[]> {
  const back = await page.evaluate(() => {
    const { opener } = globalThis as unknown as { opener: Element }
    return document.activeElement === opener
      ? undefined
      : (document.activeElement?.outerHTML.slice(0, 160) ?? '')
  })
  return back === undefined ? [] : [`the focus went to ${back}`]
}
