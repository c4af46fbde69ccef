import { parentPort, workerData } from 'node:worker_threads'
import { buildTree, type TreeAsked } from './build-tree.ts'

parentPort?.postMessage(buildTree(workerData as TreeAsked))
