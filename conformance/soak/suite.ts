// The sample suite for 20 other seeds: every reference solution solves every instance.
import { startSandbox } from '../../src/devkit/sandbox.ts'
import { proveFamily, sampleSuite } from '../suite/prove-family.ts'

const SEEDS = Number(process.env['SUITE_SEEDS'] ?? 20)
/** One family alone, by its name. */
const ONLY = process.env['SUITE_FAMILY']

const sandbox = await startSandbox()
const failures: string[] = []
let longest = 0
for (const family of sampleSuite().families) {
  if (ONLY !== undefined && family.family !== ONLY) continue
  for (let n = 0; n < SEEDS; n++) {
    try {
      for (const { ms } of await proveFamily(sandbox, family, `soak ${n}`)) longest = Math.max(longest, ms)
    } catch (error) {
      failures.push(String(error))
      console.log(failures.at(-1))
    }
  }
  console.log(
    `${family.family}: ${SEEDS} seeds of ${family.tasks.length} tasks; the longest solution so far ${Math.round(longest)} ms`,
  )
}
await sandbox.stop()
process.exit(failures.length === 0 ? 0 : 1)
