import { Worker } from 'node:worker_threads'

const THREAD = new URL('./csaf-thread.ts', import.meta.url)
const LONGEST_MS = 120_000
const FAILED = ['the check could not be made']

// The library needs seconds of computing before its first answer and milliseconds for each later one: one thread stays.
let thread: Worker | null = null
let count = 0

/**
 * What the official library finds wrong with a CSAF document, by its schema and all mandatory tests, as bounded lines; none: it is
 * valid. In a thread of its own; one that gives no answer for two minutes is ended, which counts as a fault.
 */
export async function checkCsaf(document: string): Promise<readonly string[]> {
  thread ??= openThread()
  const worker = thread
  const n = ++count
  return await new Promise<readonly string[]>((resolve) => {
    const settle = (faults: readonly string[]) => {
      clearTimeout(late)
      worker.off('message', hear)
      worker.off('exit', gone)
      resolve(faults)
    }
    const hear = (said: { readonly n: number; readonly faults: readonly string[] }) => {
      if (said.n === n) settle(said.faults)
    }
    const gone = () => settle(FAILED)
    const late = setTimeout(() => void worker.terminate(), LONGEST_MS)
    worker.on('message', hear)
    worker.once('exit', gone)
    worker.postMessage({ n, document })
  })
}

function openThread(): Worker {
  const worker = new Worker(THREAD, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  worker.unref()
  worker.setMaxListeners(0)
  // An error is followed by its exit, which answers whoever waits.
  worker.on('error', () => {})
  worker.once('exit', () => {
    if (thread === worker) thread = null
  })
  return worker
}
