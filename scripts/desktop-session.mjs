/**
 * `node scripts/desktop-session.mjs COMMAND …` runs a command inside a desktop of its own: a display (Xvfb), a session
 * bus, an unlocked keyring, and a double for tray and notifications. All of it ends with the command.
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInForeground } from './setup/run.mjs'

const START_MS = 20_000

/** @type {import('node:child_process').ChildProcess[]} */
const children = []

/**
 * Starts a part of the session and waits for the line that says it is there.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, ready: RegExp }} options
 * @returns {Promise<string>} the line's first group
 */
function start(command, args, { env, ready }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
    children.push(child)
    let said = ''
    const failed = (/** @type {unknown} */ why) =>
      reject(new Error(`${command} did not start (${why}): ${said}`))
    const timer = setTimeout(() => failed('no answer'), START_MS)
    for (const stream of child.stdio.slice(1)) {
      stream?.on('data', (data) => {
        said += data
        const line = ready.exec(said)
        if (line === null) return
        clearTimeout(timer)
        resolve(line[1] ?? '')
      })
    }
    child.on('error', failed)
    child.on('exit', failed)
  })
}

/**
 * Its key ring lies in the session's folder and opens with what is typed here. In the foreground it says nothing.
 * @param {NodeJS.ProcessEnv} env
 */
function startKeyring(env) {
  const args = ['--unlock', '--foreground', '--components=secrets']
  const keyring = spawn('gnome-keyring-daemon', args, { env, stdio: ['pipe', 'ignore', 'ignore'] })
  children.push(keyring)
  keyring.stdin.end('session\n')
}

/**
 * Waits until a service is on the bus.
 * @param {string} name
 * @param {string} busAddress
 */
async function ownerOf(name, busAddress) {
  const { default: dbus } = await import('dbus-next')
  const bus = dbus.sessionBus({ busAddress })
  const daemon = { destination: 'org.freedesktop.DBus', path: '/', interface: 'org.freedesktop.DBus' }
  const ask = { ...daemon, member: 'NameHasOwner', signature: 's', body: [name] }
  for (const end = Date.now() + START_MS; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const reply = await bus.call(new dbus.Message(ask))
    if (reply?.body[0] === true) break
    if (Date.now() > end) throw new Error(`${name} did not come to the session bus`)
  }
  bus.disconnect()
}

/**
 * Runs a command inside a session.
 * @param {string[]} command
 * @returns {Promise<number>} its exit code
 */
export async function inDesktopSession([program = '', ...args]) {
  const folder = mkdtempSync(join(tmpdir(), 'linnet-desktop-'))
  chmodSync(folder, 0o700)
  // GNOME makes Electron ask the Secret Service for a key, as on most desktops.
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, XDG_RUNTIME_DIR: folder, XDG_CURRENT_DESKTOP: 'GNOME', NO_AT_BRIDGE: '1' }
  const end = () => {
    for (const child of children.splice(0).reverse()) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', end)
  try {
    const screen = ['-screen', '0', '1600x1100x24', '-nolisten', 'tcp', '-displayfd', '3']
    env.DISPLAY = `:${await start('Xvfb', screen, { env, ready: /^(\d+)\n/m })}`
    const daemon = ['--session', '--nofork', '--nopidfile', '--print-address=1']
    const busAddress = await start('dbus-daemon', daemon, { env, ready: /^(\S+)\n/m })
    env.DBUS_SESSION_BUS_ADDRESS = busAddress
    await start(process.execPath, [join(import.meta.dirname, 'desktop', 'double.mjs')], {
      env,
      ready: /(READY)/,
    })
    startKeyring({ ...env, XDG_DATA_HOME: folder })
    await ownerOf('org.freedesktop.secrets', busAddress)
    return await runInForeground(program, args, { env })
  } finally {
    end()
  }
}

if (process.argv[1] === import.meta.filename) {
  const command = process.argv.slice(2)
  process.exitCode = await inDesktopSession(command[0] === '--' ? command.slice(1) : command)
}
