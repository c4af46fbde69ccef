import type { Harness, Recipe } from '../recipe.ts'
import { runLimits } from './run-limits.ts'

const MIB = 1 << 20

/** How a harness is started for an input that lies at `path`; `stdin`: the input comes there, as its command has no place for it. */
export function harnessArgv(recipe: Recipe, harness: Harness, path: string): { argv: string[]; stdin: boolean } {
  if (harness.kind === 'server') return { argv: [...harness.run], stdin: false }
  const placed = harness.run.includes('@@')
  const argv = harness.run.map((word) => (word === '@@' ? path : word))
  if (harness.kind === 'script') return { argv: placed ? argv : [...argv, path], stdin: false }
  if (harness.kind === 'command') return { argv, stdin: !placed }
  const [program = '', ...rest] = argv
  return { argv: [program, ...fuzzerOptions(recipe), ...rest, ...(placed ? [] : [path])], stdin: false }
}

/** One run of one input; it ends itself, and says so, before the wall would end it. */
function fuzzerOptions(recipe: Recipe): string[] {
  const limits = runLimits(recipe)
  const seconds = Math.max(1, Math.min(25, Math.floor((limits.wallMs * 0.8) / 1000)))
  const megabytes = Math.max(64, Math.floor((limits.memoryBytes * 0.75) / MIB))
  return ['-runs=1', '-seed=1', '-detect_leaks=0', `-timeout=${seconds}`, `-rss_limit_mb=${megabytes}`]
}

/** The harness of that name; null where the recipe has none. */
export function harnessOf(recipe: Recipe, name: string): Harness | null {
  return recipe.harnesses.find((one) => one.name === name) ?? null
}
