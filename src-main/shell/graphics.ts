/** What Linux need not be asked for to draw: it takes time at the start, and memory ever after. */
import { app } from 'electron'
import { existsSync } from 'node:fs'

/** Of the kernel's own drivers, of NVIDIA's, and of Windows around a Linux in it. */
const DEVICES = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg']

/** Before `ready`. */
export function spareGraphics(platform: NodeJS.Platform): void {
  if (platform !== 'linux') return
  spareToolkit()
  // Chromium would start a process for it that fails, then another, and wait for the end of each.
  if (!DEVICES.some((device) => existsSync(device))) app.disableHardwareAcceleration()
}

/** GTK, which shows the file dialogs, loads a graphics driver when it starts, for what it never does here. */
function spareToolkit(): void {
  if (process.env['GDK_GL'] !== undefined) return
  process.env['GDK_GL'] = 'disable'
  // Not for the programs that are started from here.
  void app.whenReady().then(() => delete process.env['GDK_GL'])
}
