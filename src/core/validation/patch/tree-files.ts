import { type Asking, ask } from '../ask.ts'
import type { Built } from '../build/build.ts'
import { TREE } from '../run/places.ts'
import { runLimits } from '../run/run-limits.ts'
import type { PatchGround } from '../validate-ground.ts'

const BYTES_MOST = 2 << 20
// Numbered on the way out, so that no name of the tree's is a path anywhere else. Links are left where they are.
const READ = `mkdir -p /out/read; i=0; for f in "$@"; do
if [ -f "$f" ] && [ ! -L "$f" ]; then head -c ${BYTES_MOST} "$f" >"/out/read/$i"; fi; i=$((i+1)); done`

/** Files of a built tree by their confined paths, each up to 2 MiB; those that are not there are left out. */
export function* treeFiles(
  ground: PatchGround,
  built: Built,
  paths: readonly string[],
): Asking<ReadonlyMap<string, Uint8Array>> {
  const { recipe } = ground.proof
  const files = new Map<string, Uint8Array>()
  if (paths.length === 0 || built.entry === null) return files
  const ran = yield* ask({
    ask: 'run',
    purpose: 'read the touched files',
    image: recipe.image,
    mounts: [{ entry: built.entry, at: TREE }],
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
  for (const [where, bytes] of ran.got) {
    const path = paths[Number(where.slice(where.lastIndexOf('/') + 1))]
    if (path !== undefined) files.set(path, bytes)
  }
  return files
}
