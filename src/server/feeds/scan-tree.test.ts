import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { scanTree } from './scan-tree.ts'

const SECRET = 'frob <a> "b" & c_d'

describe('a scan', () => {
  const scanned = (name: string, content: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-scan-'))
    try {
      mkdirSync(join(folder, 'deep'))
      writeFileSync(join(folder, 'deep', name), content)
      return scanTree(folder, ['elsewhere', SECRET])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  for (const [what, content] of [
    ['as it is', `x${SECRET}x`],
    ['in other case', SECRET.toUpperCase()],
    ['in JSON', JSON.stringify({ a: SECRET })],
    ['in XML', 'frob &lt;a&gt; &quot;b&quot; &amp; c_d'],
    ['in markdown', 'frob \\<a\\> "b" \\& c\\_d'],
    ['in an address', encodeURIComponent(SECRET)],
    ['in hexadecimal', Buffer.from(`12${SECRET}`).toString('hex')],
    ['in base64', Buffer.from(`1${SECRET}zz`).toString('base64')],
    ['in base64 further on', Buffer.from(`12${SECRET}z`).toString('base64url')],
  ] as const)
    test(`finds a secret ${what}`, () => assert.deepEqual(scanned('f', content), [{ path: 'deep/f', secret: 1 }]))

  test('finds it in a name, and finds nothing where nothing is', () => {
    assert.deepEqual(scanned(`${SECRET}.json`, ''), [{ path: `deep/${SECRET}.json`, secret: 1 }])
    assert.deepEqual(scanned('f', 'frob a b c d'), [])
  })
})
