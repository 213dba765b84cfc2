/** What the user can choose from, in words. */
import type { CommandInput } from '../../../src-main/contract/commands.ts'
import type { Preferences } from '../../../src-main/model/preferences.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import type { Choice } from '../settings/choices.ts'

export function textSizeChoices(t: Translate): readonly Choice<Preferences['textSize']>[] {
  return [
    { value: 'small', label: t('preferences.textSmall') },
    { value: 'normal', label: t('preferences.textNormal') },
    { value: 'large', label: t('preferences.textLarge') },
    { value: 'huge', label: t('preferences.textHuge') },
  ]
}

type Zoom = NonNullable<CommandInput<'preferences.set'>['zoom']>

/** Those of the model, which only the main process may take values from; the contract refuses any other. */
export const ZOOMS = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const satisfies Zoom[]

export function zoomOf(text: string): Zoom {
  return ZOOMS.find((zoom) => String(zoom) === text) ?? 100
}

/** `125 %`, as the language writes it. */
export function percentText(percent: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(percent / 100)
}
