/** The real search worker in a test: its TypeScript, where the application has its built file. */
import { Worker } from 'node:worker_threads'
import type { StartWorker } from '../../src-main/storage/search/beside.ts'

const worker = new URL('../../src-main/storage/search/worker.ts', import.meta.url)
// A thread does not inherit the loader of the thread that starts it.
const BOOTSTRAP = `
import { workerData } from 'node:worker_threads'
import { register } from '${import.meta.resolve('tsx/esm/api')}'
register()
await import(workerData.worker)`
const bootstrap = new URL(`data:text/javascript,${encodeURIComponent(BOOTSTRAP)}`)

export const startSearchWorker: StartWorker = (data) =>
  new Worker(bootstrap, { workerData: { ...data, worker: worker.href } })
