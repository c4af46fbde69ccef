import { Worker } from 'node:worker_threads'
import type { TreeAsked, TreeBuilt } from './build-tree.ts'

const THREAD = new URL('./tree-thread.ts', import.meta.url)
const LONGEST_MS = 30 * 60_000

/** Builds the tree in a thread of its own, so that doors answer meanwhile; rejects where the build throws, or after half an hour. */
export async function treeInThread(asked: TreeAsked): Promise<TreeBuilt> {
  const worker = new Worker(THREAD, { workerData: asked, execArgv: ['--disable-warning=ExperimentalWarning'], env: {} })
  const late = setTimeout(() => void worker.terminate(), LONGEST_MS)
  late.unref()
  try {
    return await new Promise<TreeBuilt>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the public tree was not built in time')))
    })
  } finally {
    clearTimeout(late)
    await worker.terminate()
  }
}
