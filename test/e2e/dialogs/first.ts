/** Dialogs of the screen that one signs in on. */
import type { Page } from 'playwright-core'
import { tabTo } from '../keyboard.ts'

export interface FirstDialog {
  readonly of: string
  readonly title: string | RegExp
  /** What opens it. */
  readonly from: RegExp
  /** What leads on from there. */
  readonly then?: (page: Page) => Promise<void>
}

export const FIRST_DIALOGS: readonly FirstDialog[] = [
  {
    of: 'screens/onboarding/OnboardingDialog.svelte',
    title: 'Your first account',
    from: /^button I have no account yet/,
  },
  {
    of: 'screens/setup/CreateAccountDialog.svelte',
    title: 'Create an account',
    from: /^button I have no account yet/,
    then: async (page) => {
      await page.getByRole('dialog').waitFor()
      await tabTo(page, /Or any other/)
      await page.keyboard.type('nowhere.test')
      await tabTo(page, /^button Create it here/)
      await page.keyboard.press('Enter')
    },
  },
  {
    of: 'screens/history/RestoreDialog.svelte',
    title: 'Restore from a backup',
    from: /^button Restore from a backup/,
  },
  {
    of: 'screens/onboarding/PasteInvitationDialog.svelte',
    title: 'Your invitation',
    from: /^button I have an invitation/,
  },
  {
    of: 'screens/onboarding/InvitedDialog.svelte',
    title: 'You are invited',
    from: /^button I have an invitation/,
    then: async (page) => {
      await page.getByRole('dialog').waitFor()
      await page.keyboard.type('xmpp:juliet@capulet.example?roster;preauth=balcony;ibr=y')
      await page.keyboard.press('Enter')
    },
  },
]

/** Asks for name and picture once an account was made; the test of registration does that. */
export const WELCOME_DIALOG = 'screens/profile/WelcomeDialog.svelte'
