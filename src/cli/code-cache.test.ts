import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { codeCache } from './code-cache.ts'

describe('compiled code', () => {
  const home = mkdtempSync(join(tmpdir(), 'weir-code-'))
  after(() => rmSync(home, { recursive: true, force: true }))

  test('is kept in a folder that is the person’s alone', () => {
    const env = { XDG_CACHE_HOME: join(home, 'fine') }
    assert.equal(codeCache(env), join(home, 'fine', 'weir', 'code'))
    assert.equal(statSync(join(home, 'fine', 'weir', 'code')).mode & 0o777, 0o700)
  })

  test('is not kept where others can write, behind a link, or where no folder can be', () => {
    const open = join(home, 'open')
    mkdirSync(join(open, 'weir', 'code'), { recursive: true })
    chmodSync(join(open, 'weir', 'code'), 0o777)
    assert.equal(codeCache({ XDG_CACHE_HOME: open }), null)
    const linked = join(home, 'linked')
    mkdirSync(linked)
    mkdirSync(join(home, 'elsewhere', 'code'), { recursive: true })
    symlinkSync(join(home, 'elsewhere'), join(linked, 'weir'))
    assert.equal(codeCache({ XDG_CACHE_HOME: linked }), null)
    assert.equal(codeCache({ XDG_CACHE_HOME: '/dev/null/none' }), null)
    assert.equal(existsSync('/dev/null/none'), false)
  })
})
