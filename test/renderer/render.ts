/** Renders one component with words, and lets its props change. */
import { render } from '@testing-library/svelte'
import { createRawSnippet, type Component, type Snippet } from 'svelte'
import type { Locale } from '../../src-main/text/text.ts'
import WithWords from './WithWords.svelte'

export interface Rendered<P> {
  readonly container: HTMLElement
  setProps(props: P): Promise<void>
  setLocale(locale: Locale): Promise<void>
  unmount(): void
}

export function renderWithWords<P extends object>(
  component: Component<P>,
  props: P,
  locale: Locale = 'en',
): Rendered<P> {
  const { container, rerender, unmount } = render(WithWords, {
    props: {
      // The harness hands its input on and does not look at it.
      component: component,
      input: props as Record<string, unknown>,
      locale,
    },
  })
  return {
    container,
    setProps: (next) => rerender({ input: next as Record<string, unknown> }),
    setLocale: (next) => rerender({ locale: next }),
    unmount,
  }
}

/** A snippet of plain text. */
export function textSnippet(text: string): Snippet {
  return createRawSnippet(() => ({ render: () => `<span>${text}</span>` }))
}
