/** Connects the command channel: turns what Electron says of the caller into a Sender. */
import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { COMMAND_CHANNEL } from '../../contract/channels.ts'
import { dispatch, type DispatchTools, type Sender } from './dispatch.ts'
import type { Windows } from '../windows/registry.ts'

export function attachCommands(tools: DispatchTools, windows: Windows): void {
  ipcMain.handle(COMMAND_CHANNEL, (event, name: unknown, input: unknown) =>
    dispatch(tools, senderOf(event, windows), name, input),
  )
}

function senderOf({ sender, senderFrame: frame }: IpcMainInvokeEvent, windows: Windows): Sender {
  // The frame is null when it navigated away or went before its message came.
  if (frame === null) return { isMainFrame: false, url: '', windowId: undefined }
  return { isMainFrame: frame.parent === null, url: frame.url, windowId: windows.idOf(sender) }
}
