import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'

test('the worked example of the README runs, and its receipt and log verify', async () => {
  const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1]
  assert.ok(code)
  const here = code.replaceAll("from './", `from '${new URL('.', import.meta.url).href}`)
  const folder = mkdtempSync(join(tmpdir(), 'weir-readme-'))
  try {
    const file = join(folder, 'example.mjs')
    writeFileSync(file, stripTypeScriptTypes(here))
    const { verified, report } = (await import(pathToFileURL(file).href)) as {
      verified: { ok: boolean }
      report: { ok: boolean }
    }
    assert.ok(verified.ok && report.ok)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
