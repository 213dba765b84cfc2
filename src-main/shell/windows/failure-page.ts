/** The page that says why Linnet can't start: no script, no database, no renderer needed. */
import type { TextKey, Translate } from '../../text/text.ts'

export type FailureCode = 'newer' | 'locked' | 'disk-full' | 'other'

const WORDS: Readonly<Record<FailureCode, readonly [title: TextKey, text: TextKey]>> = {
  newer: ['desktop.failureNewerTitle', 'desktop.failureNewerText'],
  locked: ['desktop.failureLockedTitle', 'desktop.failureLockedText'],
  'disk-full': ['desktop.failureDiskTitle', 'desktop.failureDiskText'],
  other: ['desktop.failureStartTitle', 'desktop.failureStartText'],
}

/** The fragment that the page's one button goes to. */
export const QUIT_FRAGMENT = '#quit'

/** Generated pages by path. `detail` is the technical line; it is escaped here. */
export function buildFailurePages(
  code: FailureCode,
  detail: string,
  text: Translate,
): ReadonlyMap<string, string> {
  const [title, explanation] = WORDS[code].map((key) => escapeHtml(text(key)))
  const technical = `<details><summary>${escapeHtml(text('desktop.failureDetails'))}</summary><pre>${escapeHtml(detail)}</pre></details>`
  const page = `<!doctype html>
<html lang="${text.locale}">
<meta charset="utf-8"><title>Linnet</title><link rel="stylesheet" href="failure.css">
<main role="alert"><h1>${title}</h1><p>${explanation}</p>${detail === '' ? '' : technical}
<a role="button" href="${QUIT_FRAGMENT}">${escapeHtml(text('desktop.quit'))}</a></main>
</html>`
  return new Map([
    ['/failure.html', page],
    ['/failure.css', STYLE],
  ])
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

/** The renderer's tokens, repeated here because this page must stand when the renderer can't. */
const STYLE = `
:root { color-scheme: light dark; --bg: #f6f4f2; --ink: #211c1b; --muted: #6c6360; --accent: #b8324b; --on-accent: #fff }
@media (prefers-color-scheme: dark) {
  :root { --bg: #171514; --ink: #f2edeb; --muted: #a89e9a; --accent: #e0657b; --on-accent: #1e0a0f }
}
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--bg); color: var(--ink);
  font: 15px/1.5 Inter, system-ui, sans-serif }
main { box-sizing: border-box; width: min(100%, 460px); padding: 32px }
h1 { margin: 0 0 8px; font-size: 20px; line-height: 1.3 }
p { margin: 0 0 24px }
details { margin: 0 0 24px; color: var(--muted) }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px }
a { display: inline-block; padding: 10px 20px; border-radius: 10px; background: var(--accent); color: var(--on-accent);
  font-weight: 600; text-decoration: none }
a:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
`
