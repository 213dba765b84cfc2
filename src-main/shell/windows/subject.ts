/** What a window is for: its address, its size, and under which name its place is remembered. */
import type { WindowLook } from './browser-window.ts'
import type { Size } from './places.ts'

/** What a window is for; there is one at most for each. */
export type Subject =
  | { readonly kind: 'main' }
  | { readonly kind: 'conversation'; readonly id: number }
  | { readonly kind: 'console'; readonly accountId: number }

const SIZES: { readonly [K in Subject['kind']]: { readonly size: Size; readonly minimum: Size } } = {
  main: { size: { width: 1100, height: 760 }, minimum: { width: 640, height: 480 } },
  conversation: { size: { width: 560, height: 680 }, minimum: { width: 360, height: 400 } },
  console: { size: { width: 900, height: 760 }, minimum: { width: 420, height: 400 } },
}

/** The place store's key too: where each was is remembered. */
export function keyOf(subject: Subject): string {
  switch (subject.kind) {
    case 'main':
      return 'main'
    case 'conversation':
      return `conversation-${subject.id}`
    case 'console':
      return `console-${subject.accountId}`
  }
}

export function lookOf(origin: string, subject: Subject): WindowLook {
  const queries = {
    main: '',
    conversation: subject.kind === 'conversation' ? `?conversation=${subject.id}` : '',
    console: subject.kind === 'console' ? `?console=${subject.accountId}` : '',
  }
  return {
    url: `${origin}/index.html${queries[subject.kind]}`,
    placeKey: keyOf(subject),
    ...SIZES[subject.kind],
  }
}
