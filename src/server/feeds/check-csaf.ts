import { Worker } from 'node:worker_threads'

const THREAD = new URL('./csaf-thread.ts', import.meta.url)
const LONGEST_MS = 60_000

/**
 * What the official library finds wrong with a CSAF document, by its schema and all mandatory tests, as bounded lines; none: it is
 * valid. In a thread that is ended after a minute, which counts as a fault.
 */
export async function checkCsaf(document: string): Promise<readonly string[]> {
  const worker = new Worker(THREAD, {
    workerData: document,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  const late = setTimeout(() => void worker.terminate(), LONGEST_MS)
  late.unref()
  try {
    return await new Promise<readonly string[]>((resolve) => {
      worker.once('message', resolve)
      worker.once('error', () => resolve(['the check could not be made']))
      worker.once('exit', () => resolve(['the check was not made in time']))
    })
  } finally {
    clearTimeout(late)
    await worker.terminate()
  }
}
