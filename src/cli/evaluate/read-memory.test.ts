import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

test('logs of 60 MB are read within 160 MB resident, the process itself among them', () => {
  const soak = join(import.meta.dirname, '../../../conformance/soak/inspect-2gb.ts')
  const { status, stdout } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', soak], {
    encoding: 'utf8',
    env: { ...process.env, INSPECT_MB: '60', INSPECT_HEAP_MB: '24', INSPECT_RESIDENT_MB: '160' },
  })
  assert.equal(status, 0, stdout)
})
