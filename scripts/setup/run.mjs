/** Runs other programs. */
import { spawn, spawnSync } from 'node:child_process'

/**
 * Runs a program to its end, quietly; what it said is in the error when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>} its standard output
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let out = ''
    let all = ''
    child.stdout?.on('data', (data) => ((out += data), (all += data)))
    child.stderr?.on('data', (data) => (all += data))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(out)
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${all.slice(-4000)}`))
    })
  })
}

/**
 * Runs a program in the foreground, its output going where ours goes.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 128 or more when a signal ended it
 */
export function runInForeground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 128))
  })
}

/**
 * Whether a program is on the PATH.
 * @param {string} command
 */
export function hasCommand(command) {
  return spawnSync('sh', ['-c', `command -v "${command}"`], { stdio: 'ignore' }).status === 0
}
