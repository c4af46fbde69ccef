import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe } from 'node:test'
import { openFakeLetters } from '../../../devkit/fake-letters.ts'
import { letterStoreSuite } from '../../../devkit/letter-store-suite.ts'

describe('letters in a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-letters-'))
  let opened = 0
  let leases = 0
  after(() => rmSync(folder, { recursive: true, force: true }))
  letterStoreSuite(async () => {
    const store = openFakeLetters(join(folder, String(opened++)), 60_000, () => `lease${++leases}`)
    return {
      store,
      leaseMs: 60_000,
      add: async (letter) => store.add(letter),
      state: async (id) => store.all().find((letter) => letter.id === id)?.state ?? 'absent',
    }
  })
})
