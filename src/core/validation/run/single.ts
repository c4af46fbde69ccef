import type { RunAsk } from '../ask.ts'
import type { Oracle, Proof } from '../proof.ts'
import type { Harness } from '../recipe.ts'
import { harnessArgv } from './harness-argv.ts'
import { GIVEN_TREE, inputPath, TREE } from './places.ts'
import { runLimits } from './run-limits.ts'
import { runEnv } from './sanitizer-env.ts'

/** Files with their bytes, laid out before a run. */
export type Laid = RunAsk['files']

/** One run of a command in a sandbox of its own, without the driver: how it ends is seen from outside. */
export function singleAsk(
  proof: Proof,
  entry: string,
  harness: Exclude<Harness, { kind: 'server' }>,
  input: { readonly bytes: Uint8Array; readonly extension: string },
  beside: Laid,
  oracle: Oracle,
  purpose: string,
): RunAsk {
  const path = inputPath(input.extension)
  const { argv, stdin } = harnessArgv(proof.recipe, harness, path)
  const copies = harness.writable === true
  const copy = ['sh', '-eu', '-c', `mkdir -p ${TREE} && cp -a ${GIVEN_TREE}/. ${TREE}/ && exec "$@"`, 'sh']
  return {
    ask: 'run',
    purpose,
    image: proof.recipe.image,
    mounts: [{ entry, at: copies ? GIVEN_TREE : TREE }],
    files: [{ path, bytes: input.bytes, executable: harness.kind === 'script' }, ...beside],
    argv: copies ? [...copy, ...argv] : argv,
    env: runEnv(proof.recipe, false),
    cwd: '/work',
    stdin: stdin ? input.bytes : null,
    limits: runLimits(proof.recipe),
    network: harness.network ?? 'none',
    get: oracle.kind === 'file' ? [oracle.path] : [],
    keep: null,
  }
}
