import { type Asking, ask } from '../ask.ts'
import type { Built } from '../build/build.ts'
import type { Proof } from '../proof.ts'
import { harnessOf } from '../run/harness-argv.ts'
import { type Load, loadOf } from '../run/load.ts'
import { extensionOf, GIVEN_TREE } from '../run/places.ts'
import { runLimits } from '../run/run-limits.ts'

/** A sample that must not fire, with the name that people know it by. */
export interface Sample {
  readonly name: string
  readonly load: Load
}

const MOST = 40
const MOST_BYTES = 1 << 20
/** An answer to a sample that stands as a file in the tree is waited for so long. */
const WAIT_MS = 2000
const OUT = '/out/benign'

// Files in the order of their paths, small ones only, each under a number: the names inside a tree are a stranger's.
const GATHER = `mkdir -p ${OUT}
cd ${GIVEN_TREE}
for path; do
  if [ -e "$path" ]; then find -L "$path" -type f -size -1024k -print; fi
done | LC_ALL=C sort -u | head -n ${MOST} >/tmp/names
n=0
while IFS= read -r name; do
  cp -L -- "$name" ${OUT}/$n
  printf '%s\\n' "$name" >>/tmp/kept
  n=$((n + 1))
done </tmp/names
if [ -e /tmp/kept ]; then mv /tmp/kept ${OUT}/names; fi`

/**
 * The benign samples of a harness: those of the proof, then those that the recipe names in the tree, at most 40 in all. A script
 * gets only the proof's: the tree's samples are inputs of the target.
 */
export function* benignSamples(proof: Proof, built: Built, harness: string): Asking<Sample[]> {
  const out: Sample[] = []
  for (const one of proof.benign) {
    if (one.harness !== harness || out.length >= MOST) continue
    const name = one.input.kind === 'file' ? one.input.input.name : (one.input.requests[0]?.name ?? 'exchange')
    out.push({ name, load: yield* loadOf(one.input) })
  }
  const kind = harnessOf(proof.recipe, harness)?.kind ?? 'script'
  if (kind === 'script' || built.entry === null || proof.recipe.benign.length === 0) return out
  const rest = yield* samplesOfTree(proof, built.entry, kind === 'server')
  return [...out, ...rest].slice(0, MOST)
}

function* samplesOfTree(proof: Proof, entry: string, asExchange: boolean): Asking<Sample[]> {
  const ran = yield* ask({
    ask: 'run',
    purpose: 'gather benign samples',
    image: proof.recipe.image,
    mounts: [{ entry, at: GIVEN_TREE }],
    files: [],
    argv: ['sh', '-eu', '-c', GATHER, 'sh', ...proof.recipe.benign.map((path) => `./${path}`)],
    env: {},
    cwd: '/work',
    stdin: null,
    limits: runLimits(proof.recipe),
    network: 'none',
    get: [OUT],
    keep: null,
  })
  const names = new TextDecoder().decode(ran.got.get(`${OUT}/names`) ?? new Uint8Array()).split('\n')
  const out: Sample[] = []
  for (let n = 0; n < MOST; n++) {
    const bytes = ran.got.get(`${OUT}/${n}`)
    if (bytes === undefined || bytes.length > MOST_BYTES) continue
    const name = (names[n] ?? '').replace(/^\.\//, '').slice(0, 200) || `sample ${n}`
    const load: Load = asExchange
      ? { kind: 'exchange', requests: [bytes], waitMs: WAIT_MS }
      : { kind: 'file', bytes, extension: extensionOf(name) }
    out.push({ name, load })
  }
  return out
}
