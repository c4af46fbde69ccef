import { parentPort, workerData } from 'node:worker_threads'
import { computeFigures } from '../../../core/evaluation/figures/compute.ts'
import type { AnalysisInput } from '../../../core/evaluation/figures/input.ts'

parentPort?.postMessage(computeFigures(workerData as AnalysisInput))
