import { parentPort, workerData } from 'node:worker_threads'
import { buildInterval } from '../../ledger/interval-tree.ts'
import { intervalPrf } from '../../ledger/prf.ts'
import { sha256 } from '../../ledger/sha256.ts'

const { key, commitments } = workerData as { key: Uint8Array; commitments: Uint8Array }
const count = commitments.length / 32
const split = Array.from({ length: count }, (_, i) => commitments.subarray(i * 32, (i + 1) * 32))
parentPort!.postMessage(buildInterval(split, intervalPrf(key, sha256), sha256))
