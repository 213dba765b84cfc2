/** The real application while it is being measured: its main process, its window, its memory. */
import { readFileSync, readdirSync } from 'node:fs'
import type { CommandName, CommandInput, CommandOutput } from '../../src-main/contract/commands.ts'
import type { Linnet } from '../helpers/app.ts'

/** What a window may ask, asked from outside. Rejects with the error's code. */
export async function ask<N extends CommandName>(
  { page }: Pick<Linnet, 'page'>,
  name: N,
  input: CommandInput<N>,
): Promise<CommandOutput<N>> {
  const answer = await page.evaluate(
    ([command, given]) => {
      const { bridge } = window as unknown as {
        bridge: { invoke(name: unknown, input: unknown): Promise<unknown> }
      }
      return bridge.invoke(command, given)
    },
    [name, input] as const,
  )
  const { ok, value, error } = answer as { ok: boolean; value: CommandOutput<N>; error?: { code: string } }
  if (!ok) throw new Error(`${name}: ${error?.code ?? 'no reason'}`)
  return value
}

const LONGEST_MS = 600_000

/** Resolves with the first answer that is one. To look costs what is measured something too. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, everyMs = 25): Promise<T> {
  for (const end = Date.now() + LONGEST_MS; Date.now() < end;) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  throw new Error(`waited in vain for ${what}`)
}

export async function untilOnline(linnet: Linnet): Promise<void> {
  await until('being online', async () => {
    const { connections } = await ask(linnet, 'app.snapshot', {})
    return connections.some(({ state }) => state.phase === 'online') || undefined
  })
}

/** Milliseconds of an event loop or of frames, from `start` to `end`. */
export interface Delays {
  readonly p99: number
  readonly longest: number
}

export interface MainDelays extends Delays {
  /** The longest that it worked without a pause, in processor time: what it waited for a processor is not in it. */
  readonly busiest: number
}

const RESOLUTION_MS = 2
type Histogram = import('node:perf_hooks').IntervalHistogram

/** How long what is due in the main process waits for its turn, and how much of that is its own work. */
export async function watchMainProcess(linnet: Linnet): Promise<() => Promise<MainDelays>> {
  const [delays, busiest] = [await watchDelays(linnet), await watchWork(linnet)]
  return async () => ({ ...(await delays()), busiest: await busiest() })
}

/** Asks the system after each turn what the main thread has worked so far (its schedstat, in nanoseconds). */
async function watchWork({ app }: Linnet): Promise<() => Promise<number>> {
  await app.evaluate(() => {
    const { openSync, readSync } = process.getBuiltinModule('node:fs')
    const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r')
    const bytes = Buffer.alloc(64)
    // A method: what runs there must not carry what tsx adds to named functions.
    const watch = {
      last: Infinity,
      longest: 0,
      step(): void {
        const worked = Number.parseInt(bytes.toString('latin1', 0, readSync(file, bytes, 0, 64, 0)))
        watch.longest = Math.max(watch.longest, worked - watch.last)
        watch.last = worked
        setTimeout(watch.step, 1)
      },
    }
    watch.step()
    Object.assign(globalThis, { linnetWork: watch })
  })
  return () =>
    app.evaluate(
      () => (globalThis as unknown as { linnetWork: { longest: number } }).linnetWork.longest / 1e6,
    )
}

async function watchDelays({ app }: Linnet): Promise<() => Promise<Delays>> {
  await app.evaluate((_electron, resolution) => {
    const histogram = process.getBuiltinModule('node:perf_hooks').monitorEventLoopDelay({ resolution })
    histogram.enable()
    Object.assign(globalThis, { linnetBench: histogram })
  }, RESOLUTION_MS)
  return async () => {
    const { p99, longest } = await app.evaluate(() => {
      const { linnetBench } = globalThis as unknown as { linnetBench: Histogram }
      linnetBench.disable()
      return { p99: linnetBench.percentile(99) / 1e6, longest: linnetBench.max / 1e6 }
    })
    return { p99: p99 - RESOLUTION_MS, longest: longest - RESOLUTION_MS }
  }
}

/** How long the window stands still between two frames. */
export async function watchFrames({ page }: Linnet): Promise<() => Promise<Delays>> {
  await page.evaluate(() => {
    const gaps: number[] = []
    let last = performance.now()
    // A method: what runs in the page must not carry what tsx adds to named functions.
    const watch = {
      step(now: number): void {
        gaps.push(now - last)
        last = now
        requestAnimationFrame(watch.step)
      },
    }
    requestAnimationFrame(watch.step)
    Object.assign(window, { linnetBench: gaps })
  })
  return () =>
    page.evaluate(() => {
      const gaps = [...(window as unknown as { linnetBench: number[] }).linnetBench].sort((a, b) => a - b)
      return { p99: gaps[Math.floor(gaps.length * 0.99)] ?? 0, longest: gaps.at(-1) ?? 0 }
    })
}

/** The process and all that it started. */
export function processTree(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = statOf(Number(name))
    if (stat !== undefined) parents.set(Number(name), Number(stat[1]))
  }
  const tree = [pid]
  for (const one of tree) for (const [child, parent] of parents) if (parent === one) tree.push(child)
  return tree
}

/** Fields of /proc/PID/stat after the name: state, parent, … (proc(5)); undefined when it has ended. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

const TICKS_A_SECOND = 100

/** Seconds of processor time so far, of all its processes. */
export function cpuSeconds(pid: number): number {
  const ticks = processTree(pid).map((one) => {
    const stat = statOf(one)
    return Number(stat?.[11] ?? 0) + Number(stat?.[12] ?? 0)
  })
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_A_SECOND
}

/** Megabytes (10^6) of all its processes, what they share counted once: proportional set size. */
export function memoryMegabytes(pid: number): { readonly total: number; readonly each: readonly string[] } {
  const sizes = processTree(pid).map((one) => {
    const rollup = readIfThere(`/proc/${one}/smaps_rollup`)
    const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
    return { kind: kindOf(one), megabytes: (kilobytes * 1024) / 1e6 }
  })
  return {
    total: sizes.reduce((sum, { megabytes }) => sum + megabytes, 0),
    each: sizes
      .filter(({ megabytes }) => megabytes >= 1)
      .map(({ kind, megabytes }) => `${kind} ${Math.round(megabytes)}`),
  }
}

function kindOf(pid: number): string {
  const command = readIfThere(`/proc/${pid}/cmdline`)
  return /--utility-sub-type=([\w.]+)/.exec(command)?.[1] ?? /--type=([\w-]+)/.exec(command)?.[1] ?? 'main'
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
