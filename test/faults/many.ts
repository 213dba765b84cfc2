/** Many schedules, some at a time. */
import type { Ground } from './ground.ts'
import { runSchedule } from './run.ts'
import type { Schedule } from './schedule.ts'

export interface Outcome {
  readonly seed: number
  readonly wrong: string | undefined
}

export interface Many {
  /** What a number stands for. */
  readonly schedule: (number: number) => Schedule
  readonly numbers: readonly number[]
  readonly atATime: number
}

/** `told` of each as it ends. Resolves with what went wrong. */
export async function runMany(
  ground: Ground,
  { schedule, numbers, atATime }: Many,
  told: (outcome: Outcome) => void = () => undefined,
): Promise<string[]> {
  const wrongs: string[] = []
  const left = [...numbers]
  const work = async (): Promise<void> => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      const wrong = await runSchedule(ground, schedule(seed)).catch(
        (error: unknown) => `seed ${seed}: ${String(error)}`,
      )
      if (wrong !== undefined) wrongs.push(wrong)
      told({ seed, wrong })
    }
  }
  await Promise.all(Array.from({ length: atATime }, work))
  return wrongs
}
