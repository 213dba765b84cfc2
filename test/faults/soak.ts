/** `npm run soak`: see scripts/soak.mjs. Arguments: first seed, how many, how many at a time; 'cuts' for those with one cut. */
import { prepareGround } from './ground.ts'
import { runMany } from './many.ts'
import { cutSchedule, drawSchedule } from './schedule.ts'

const [from = 0, count = 1, atATime = 1] = process.argv.slice(2, 5).map(Number)
const schedule = process.argv[5] === 'cuts' ? cutSchedule : drawSchedule
const numbers = Array.from({ length: count }, (_, index) => from + index)
const TELL_EVERY = 100

const ground = await prepareGround()
let done = 0
const started = Date.now()
const wrongs = await runMany(ground, { schedule, numbers, atATime }, ({ wrong }) => {
  done += 1
  if (wrong !== undefined) console.log(wrong)
  if (done % TELL_EVERY === 0 || done === count)
    console.log(`${done} of ${count}, seeds from ${from}: ${Math.round((Date.now() - started) / 1000)} s`)
})
await ground.dispose()
console.log(wrongs.length === 0 ? `all ${count} well` : `${wrongs.length} of ${count} went wrong`)
process.exit(wrongs.length === 0 ? 0 : 1)
