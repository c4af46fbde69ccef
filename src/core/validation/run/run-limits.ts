import { BUILD_LIMITS, type Limits, limitsWithin, RUN_LIMITS } from '../../sandbox/limits.ts'
import type { Recipe } from '../recipe.ts'

const MIB = 1 << 20
const MINUTE = 60_000

// A recipe may ask for more than the usual, within these: what one target may take of a runner's machine.
const RUN_MOST: Limits = {
  wallMs: 10 * MINUTE,
  cpuSeconds: 600,
  memoryBytes: 8192 * MIB,
  processes: 1024,
  diskBytes: 2048 * MIB,
  files: 200_000,
  outputBytes: 16 * MIB,
  resultBytes: 256 * MIB,
}

const BUILD_MOST: Limits = {
  wallMs: 90 * MINUTE,
  cpuSeconds: 90 * 60,
  memoryBytes: 16_384 * MIB,
  processes: 2048,
  diskBytes: 16_384 * MIB,
  files: 1_000_000,
  outputBytes: 16 * MIB,
  resultBytes: 16_384 * MIB,
}

/** Limits of one run of this recipe. */
export function runLimits(recipe: Recipe): Limits {
  return limitsWithin(recipe.limits.run, RUN_LIMITS, RUN_MOST)
}

/** Limits of one build of this recipe. */
export function buildLimits(recipe: Recipe): Limits {
  return limitsWithin(recipe.limits.build, BUILD_LIMITS, BUILD_MOST)
}
