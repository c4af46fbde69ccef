// Proves every small program and harbour whole: every ladder of every patch, right and wrong.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../proof')
const files = ['programs.sandbox.test.ts', 'harbour.sandbox.test.ts'].map((name) => join(folder, name))
const { status } = spawnSync(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', '--test', '--test-isolation=none', ...files],
  { stdio: 'inherit', env: { ...process.env, WEIR_SOAK: '1' } },
)
process.exit(status ?? 1)
