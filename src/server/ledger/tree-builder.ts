import { Worker } from 'node:worker_threads'
import { buildInterval, type Interval } from '../../ledger/interval-tree.ts'
import { intervalPrf } from '../../ledger/prf.ts'
import { sha256 } from '../../ledger/sha256.ts'
import type { KeyStore } from '../store/keys/key-store.ts'
import { intervalKey } from './secrets.ts'

// A large interval takes seconds of hashing: those go to a thread of their own, so that the page keeps answering.
const IN_PLACE = 2000

/** The padded tree of one interval. */
export async function buildTree(keys: KeyStore, index: number, commitments: readonly Buffer[]): Promise<Interval> {
  const key = intervalKey(keys, index)
  if (commitments.length <= IN_PLACE) return buildInterval(commitments, intervalPrf(key, sha256), sha256)
  const worker = new Worker(new URL('./tree-worker.ts', import.meta.url), {
    workerData: { key, commitments: Buffer.concat(commitments) },
  })
  try {
    return await new Promise<Interval>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
  } finally {
    await worker.terminate()
  }
}
