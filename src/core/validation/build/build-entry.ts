import { type Sha256, toHex } from '../../kernel/digest.ts'
import type { Recipe } from '../recipe.ts'
import { buildLimits } from '../run/run-limits.ts'
import { buildEnv, buildScript } from './build-env.ts'

/**
 * The depot's name for a built tree, from everything that goes into it: equal inputs find each other's build. `from` is the digest
 * of the source; for a patched tree the entry of the base build. `patch` is the patch's own bytes, null for none.
 */
export function buildEntry(from: string, recipe: Recipe, patch: Uint8Array | null, sha256: Sha256): string {
  const parts = JSON.stringify([
    'weir-build/1',
    from,
    recipe.image,
    Object.entries(buildEnv(recipe)).sort(([a], [b]) => (a < b ? -1 : 1)),
    buildScript(recipe.configure),
    buildScript(recipe.build),
    Object.entries(buildLimits(recipe)),
    patch === null ? null : toHex(sha256(patch)),
  ])
  return `build-${toHex(sha256(new TextEncoder().encode(parts))).slice(0, 40)}`
}
