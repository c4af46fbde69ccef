// The test suite of package-url/purl-spec: every required case, and every recommended one.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { LooseParts, ParsedPurl } from '../src/core/kernel/purl/parts.ts'
import { makePurl } from '../src/core/kernel/purl/parts.ts'
import { formatPurl, mendPurl, parsePurl } from '../src/core/kernel/purl.ts'
import { readTarZst } from './read-tar.ts'

interface Case {
  readonly description: string
  readonly test_group: 'required' | 'recommended'
  readonly test_type: 'parse' | 'build' | 'validate'
  readonly input: string | LooseParts
  readonly expected_output?: string | LooseParts | null
  readonly expected_failure?: boolean
}

const ARCHIVE = join(process.env['WEIR_CORPUS'] ?? '', 'exposure/conformance/purl-tests.tar.zst')

function answer(c: Case): ParsedPurl {
  if (typeof c.input !== 'string') return makePurl(c.input)
  // A recommended case is about mending what is not canonical; a required one about reading it as it stands.
  return c.test_group === 'recommended' ? mendPurl(c.input) : parsePurl(c.input)
}

function shown(parsed: ParsedPurl, as: Case['test_type']): unknown {
  if (!parsed.ok) return 'refused'
  if (as !== 'parse') return formatPurl(parsed.purl)
  const { qualifiers, ...rest } = parsed.purl
  return { ...rest, qualifiers: Object.keys(qualifiers).length === 0 ? null : qualifiers }
}

test('purl-spec suite: all 521 required and 65 recommended cases', (t) => {
  if (!process.env['WEIR_CORPUS'] || !existsSync(ARCHIVE))
    return t.skip('WEIR_CORPUS is not set: the purl-spec suite is left out')
  const cases = [...readTarZst(ARCHIVE)]
    .filter(([path]) => path.startsWith('tests/') && path.endsWith('.json'))
    .flatMap(([path, bytes]) => (JSON.parse(bytes.toString('utf8')) as { tests: Case[] }).tests.map((c) => ({ path, c })))
  assert.equal(cases.filter(({ c }) => c.test_group === 'required').length, 521)
  assert.equal(cases.length, 586)
  const wrong: string[] = []
  for (const { path, c } of cases) {
    const got = shown(answer(c), c.test_type)
    const want = c.expected_failure ? 'refused' : c.expected_output
    try {
      assert.deepEqual(got, want)
    } catch {
      wrong.push(
        `${path} ${c.test_group} ${c.test_type} ${JSON.stringify(c.input)}\n  got  ${JSON.stringify(got)}\n  want ${JSON.stringify(want)}`,
      )
    }
  }
  assert.deepEqual(wrong, [])
})
