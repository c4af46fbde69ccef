import { parentPort, workerData } from 'node:worker_threads'
// @ts-expect-error: the official checker ships no types
import * as basic from '@secvisogram/csaf-validator-lib/basic.js'
// @ts-expect-error: the official checker ships no types
import validateStrict from '@secvisogram/csaf-validator-lib/validateStrict.js'

interface Verdict {
  readonly tests: readonly {
    readonly name: string
    readonly isValid: boolean
    readonly errors: readonly { readonly instancePath?: string; readonly message?: string }[]
  }[]
}

const MOST = 20
const LINE = 300

const verdict: Verdict = await validateStrict(Object.values(basic as Record<string, unknown>), JSON.parse(workerData as string))
const faults = verdict.tests
  .filter(({ isValid }) => !isValid)
  .map(({ name, errors }) => `${name} ${errors[0]?.instancePath ?? ''} ${errors[0]?.message ?? ''}`.slice(0, LINE))
parentPort?.postMessage(faults.slice(0, MOST))
