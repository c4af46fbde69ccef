import { type Asking, ask } from '../ask.ts'
import { type Load, loadOf } from '../run/load.ts'
import { TREE } from '../run/places.ts'
import { runLimits } from '../run/run-limits.ts'
import type { PatchGround } from '../validate-ground.ts'

const FILES_MOST = 60
const WAIT_MS = 500
// Samples of the tree come out numbered; a folder stands for the files in it, by name.
const READ = `mkdir -p /out/read; find "$@" -type f -size -1024k 2>/dev/null | LC_ALL=C sort | head -n ${FILES_MOST} >/out/names
i=100; while IFS= read -r f; do cp "$f" "/out/read/$i"; i=$((i+1)); done </out/names`

export interface Benign {
  readonly name: string
  readonly harness: string
  readonly load: Load
}

const READ_BEFORE = new WeakMap<PatchGround, readonly Benign[]>()

/** The samples that must not fire: those of the proof, and those of the recipe out of the base tree for every harness. */
export function* benignLoads(ground: PatchGround): Asking<readonly Benign[]> {
  const before = READ_BEFORE.get(ground)
  if (before) return before
  const out: Benign[] = []
  for (const { harness, input } of ground.proof.benign) {
    const name = input.kind === 'file' ? input.input.name : (input.requests[0]?.name ?? 'an exchange')
    out.push({ name, harness, load: yield* loadOf(input) })
  }
  const all = [...out, ...(yield* ofTheTree(ground))]
  READ_BEFORE.set(ground, all)
  return all
}

function* ofTheTree(ground: PatchGround): Asking<Benign[]> {
  const { recipe } = ground.proof
  const paths = recipe.benign.filter((path) => !path.startsWith('/') && !path.split('/').includes('..'))
  if (paths.length === 0 || ground.base.entry === null) return []
  const ran = yield* ask({
    ask: 'run',
    purpose: 'read the samples of the tree',
    image: recipe.image,
    mounts: [{ entry: ground.base.entry, at: TREE }],
    files: [],
    argv: ['sh', '-c', READ, 'sh', ...paths.map((path) => `./${path}`)],
    env: {},
    cwd: TREE,
    stdin: null,
    limits: runLimits(recipe),
    network: 'none',
    get: ['/out/read'],
    keep: null,
  })
  const files = [...ran.got].sort(([a], [b]) => (a < b ? -1 : 1))
  return recipe.harnesses.flatMap(({ name: harness, kind }) =>
    files.map(([, bytes], i): Benign => {
      const load: Load = kind === 'server' ? { kind: 'exchange', requests: [bytes], waitMs: WAIT_MS } : { kind: 'file', bytes }
      return { name: `sample ${i + 1} of the tree`, harness, load }
    }),
  )
}
