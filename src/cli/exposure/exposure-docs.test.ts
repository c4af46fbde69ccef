import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { exposureShell, SMALL_BOM, SMALL_FEED } from '../../devkit/exposure-shell.ts'
import { exposureVerb } from '../commands/exposure.ts'
import { buildProgram } from '../program.ts'
import { ROOT } from '../root.ts'
import { inkFor } from '../text/ink.ts'
import { weir } from './spoken.ts'

// What the page says and what the command does are one: every field of a line, every option, and no option that is not there.

const PAGE = readFileSync(join(ROOT, 'docs', 'exposure.md'), 'utf8')

function options(): readonly string[] {
  const ink = inkFor({}, {})
  const program = buildProgram([exposureVerb], { out: () => {}, tell: () => {}, ink, tellInk: ink }, () => {})
  return program.commands[0]!.options.map(({ long }) => long!)
}

describe('docs/exposure.md', () => {
  const { file, remove } = exposureShell()
  after(remove)

  test('names every field of a line of --json, and no other', async () => {
    const { out } = await weir(file('web-1.cdx.json', SMALL_BOM), '--feed', file('osv.ndjson', SMALL_FEED), '--json')
    const table = PAGE.slice(PAGE.indexOf('| field | meaning |')).split('\n\n', 1)[0]!
    const told = table
      .split('\n')
      .slice(2)
      .flatMap((row) => [...row.split('|')[1]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!))
    assert.deepEqual(told.toSorted(), Object.keys(JSON.parse(out[0]!) as object).toSorted())
  })

  test('names every option of the command, and none that is not there', () => {
    const named = new Set([...PAGE.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([name]) => name))
    const other = new Set(['--whole'])
    const own = options()
    assert.ok(own.length > 20)
    assert.deepEqual(
      own.filter((one) => !named.has(one)),
      [],
    )
    assert.deepEqual(
      [...named].filter((one) => !own.includes(one) && !other.has(one)),
      [],
    )
  })
})
