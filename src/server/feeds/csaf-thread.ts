import { parentPort } from 'node:worker_threads'
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

const CHECKS = Object.values(basic as Record<string, unknown>)
const MOST = 20
const LINE = 300

async function faultsOf(document: string): Promise<string[]> {
  const verdict: Verdict = await validateStrict(CHECKS, JSON.parse(document))
  return verdict.tests
    .filter(({ isValid }) => !isValid)
    .slice(0, MOST)
    .map(({ name, errors }) => `${name} ${errors[0]?.instancePath ?? ''} ${errors[0]?.message ?? ''}`.slice(0, LINE))
}

parentPort?.on('message', ({ n, document }: { n: number; document: string }) => {
  faultsOf(document).then(
    (faults) => parentPort?.postMessage({ n, faults }),
    () => parentPort?.postMessage({ n, faults: ['the check could not be made'] }),
  )
})
