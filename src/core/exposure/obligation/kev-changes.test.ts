import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '../../kernel/instant.ts'
import { kevChanges } from './kev-changes.ts'
import type { KevEntry } from './signals.ts'

const entry = (cve: string, notes = ''): readonly [string, KevEntry] => [
  cve,
  { cve, added: instant(0), precision: 'day', due: null, triage: null, action: '', notes },
]

test('only what is new, gone or otherwise changed is told, sorted', () => {
  const before = new Map([entry('CVE-4'), entry('CVE-3'), entry('CVE-2'), entry('CVE-1', 'old')])
  const after = new Map([entry('CVE-5'), entry('CVE-2'), entry('CVE-1', 'new'), entry('CVE-4')])
  const said = { by: 'feed:cisa-kev', source: 'catalogue 2', at: instant(5) }
  const changes = kevChanges(before, after, said)
  assert.deepEqual(
    changes.map(({ cve, change }) => [cve, change.kev?.value?.notes ?? null]),
    [
      ['CVE-1', 'new'],
      ['CVE-3', null],
      ['CVE-5', ''],
    ],
  )
  assert.deepEqual(kevChanges(after, after, said), [])
})
