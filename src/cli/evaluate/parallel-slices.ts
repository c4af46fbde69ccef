import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Profile } from '../../core/evaluation/horizon/profile.ts'
import { joinSlices, type Resampling, resampleSlice, type Slice } from '../../core/evaluation/resample/slice.ts'
import type { Panel } from '../../core/evaluation/table/panel.ts'
import type { SliceWork } from './slice-worker.ts'

const WORKER = new URL('./slice-worker.ts', import.meta.url)
/** Fits below which a thread costs more than it saves. */
const ALONE = 3000
const MOST_THREADS = 8

/** Resamples on all cores of this machine; the answer is that of one thread, to the last bit. `done` counts resamples so far. */
export async function parallelSlices(
  panel: Panel,
  profile: Profile,
  resampling: Resampling,
  resamples: number,
  signal: AbortSignal,
  done: (count: number) => void,
): Promise<Slice> {
  if (resamples * panel.models.length < ALONE) return resampleSlice(panel, profile, resampling, 0, resamples)
  const threads = Math.min(MOST_THREADS, availableParallelism())
  const each = Math.ceil(resamples / threads)
  let count = 0
  const told = (slice: Slice) => {
    count += slice.to - slice.from
    done(count)
  }
  const ranges = Array.from({ length: threads }, (_, i) => [i * each, Math.min(resamples, (i + 1) * each)] as const)
  const slices = await Promise.all(
    ranges.filter(([from, to]) => from < to).map(([from, to]) => run({ panel, profile, resampling, from, to }, signal, told)),
  )
  const whole = joinSlices(slices.flat())
  if (whole === null) throw new Error('the slices of a resampling do not join')
  return whole
}

async function run(work: SliceWork, signal: AbortSignal, told: (slice: Slice) => void): Promise<Slice[]> {
  const worker = new Worker(WORKER, { workerData: work, execArgv: ['--disable-warning=ExperimentalWarning'] })
  const stop = () => void worker.terminate()
  signal.addEventListener('abort', stop)
  const slices: Slice[] = []
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (slice: Slice) => {
        slices.push(slice)
        told(slice)
      })
      worker.on('error', reject)
      worker.on('exit', () => resolve())
    })
  } finally {
    signal.removeEventListener('abort', stop)
  }
  return slices
}
