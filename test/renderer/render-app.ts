/** Mounts the window with a fake bridge, as main.ts does with the real one. */
import { render } from '@testing-library/svelte'
import App from '../../src-renderer/App.svelte'
import { createClient } from '../../src-renderer/bridge.ts'
import { Linnet } from '../../src-renderer/stores/linnet.svelte.ts'
import type { FakeBridge } from './fake-bridge.ts'

export function renderApp(bridge: FakeBridge, conversationId?: number): Linnet {
  const linnet = new Linnet(createClient(bridge))
  render(App, { props: { linnet, conversationId } })
  return linnet
}
