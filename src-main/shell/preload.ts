/** Runs sandboxed in every window: exposes the bridge, two functions, and nothing else of Electron. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { COMMAND_CHANNEL, EVENT_CHANNEL } from '../contract/channels.ts'

// Untyped on purpose: preload may import only the channel names; contract/bridge.ts types it for the renderer.
contextBridge.exposeInMainWorld('bridge', {
  invoke: (name: unknown, input: unknown): Promise<unknown> =>
    ipcRenderer.invoke(COMMAND_CHANNEL, name, input),
  subscribe: (listener: (batch: unknown) => void): (() => void) => {
    const forward = (_event: IpcRendererEvent, batch: unknown): void => listener(batch)
    ipcRenderer.on(EVENT_CHANNEL, forward)
    return () => void ipcRenderer.off(EVENT_CHANNEL, forward)
  },
})
