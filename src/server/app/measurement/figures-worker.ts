import { Worker } from 'node:worker_threads'
import type { Computed } from '../../../core/evaluation/figures/compute.ts'
import type { AnalysisInput } from '../../../core/evaluation/figures/input.ts'

const THREAD = new URL('./figures-thread.ts', import.meta.url)
const LONGEST_MS = 30 * 60_000

/** Computes figures in a thread of its own, so that doors answer meanwhile; rejects after half an hour. */
export async function figuresInThread(input: AnalysisInput): Promise<Computed> {
  const worker = new Worker(THREAD, { workerData: input, execArgv: ['--disable-warning=ExperimentalWarning'], env: {} })
  const late = setTimeout(() => void worker.terminate(), LONGEST_MS)
  late.unref()
  try {
    return await new Promise<Computed>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the figures were not computed in time')))
    })
  } finally {
    clearTimeout(late)
    await worker.terminate()
  }
}
