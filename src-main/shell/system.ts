/** What is told of the computer to those who may ask (domain/answers.ts). */
import { powerMonitor } from 'electron'

/** How long nobody has touched keyboard or mouse; 0 where the desktop does not say. Only once Electron is ready. */
export function idleSeconds(): number {
  return Math.max(0, powerMonitor.getSystemIdleTime())
}

/** The family alone: a version would tell which holes to try (XEP-0092 §5). */
export function systemName(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
      return 'Windows'
    case 'darwin':
      return 'macOS'
    case 'linux':
      return 'Linux'
    default:
      return 'Unix'
  }
}
