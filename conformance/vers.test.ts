// The test suite of package-url/vers-spec: every required case, and the recommended ones but for those named with a reason.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { versFromNative } from '../src/core/kernel/vers/native.ts'
import { versContains } from '../src/core/kernel/vers/range.ts'
import { formatVers, mendVers, parseVers } from '../src/core/kernel/vers.ts'
import { versionOrder } from '../src/core/kernel/version-order.ts'
import { readTarZst } from './read-tar.ts'

type Group = 'required' | 'recommended'
type Case = { readonly description: string; readonly test_group: Group } & (
  | { readonly test_type: 'comparison'; readonly input: Versions; readonly expected_output: readonly string[] }
  | { readonly test_type: 'equality'; readonly input: Versions; readonly expected_output: boolean }
  | { readonly test_type: 'from_native'; readonly input: Native; readonly expected_output: string }
  | { readonly test_type: 'containment'; readonly input: { vers: string; version: string }; readonly expected_output: boolean }
  | { readonly test_type: 'validate'; readonly input: string; readonly expected_output: string }
  | {
      readonly test_type: 'parse'
      readonly input: string
      readonly expected_output?: Decoded
      readonly expected_message?: string
    }
)
interface Versions {
  readonly input_scheme: string
  readonly versions: readonly string[]
}
interface Native {
  readonly scheme: string
  readonly native_range: string
}
interface Decoded {
  readonly scheme: string
  readonly version_constraints: readonly (readonly [string, string])[]
}

/** Recommended cases that do not hold, by their input. */
const DEPARTURES: ReadonlyMap<string, string> = new Map([
  ['conan ', 'an empty range: `vers:conan/` is no VERS, its list of constraints is empty'],
  [
    'npm >= 0.2.0 <= 0.9.6 || ~0.8.0-pre',
    'the suite ends ~0.8.0-pre before 0.8.1; npm, and its own ~3.8.2, before the next minor',
  ],
])

const ARCHIVE = join(process.env['WEIR_CORPUS'] ?? '', 'exposure/conformance/vers-tests.tar.zst')

function sorted({ input_scheme, versions }: Versions): unknown {
  const order = versionOrder(input_scheme)!
  const all = versions.toSorted((a, b) => order.compare(a, b)!)
  // The suite writes NuGet's sorted versions with their letters folded, as NuGet shows them.
  return input_scheme === 'nuget' ? all.map((version) => version.replace(/-[^+]*/, (pre) => pre.toLowerCase())) : all
}

function parsed(input: string): unknown {
  const read = parseVers(input)
  if (!read.ok) return `non-canonical VERS: ${read.why.charAt(0).toLowerCase()}${read.why.slice(1, -1)}`
  const { type, constraints } = read.vers
  return { scheme: type, version_constraints: constraints.map(({ comparator, version }) => [comparator, version]) }
}

function canonical(input: string, group: Group): unknown {
  const read = group === 'required' ? parseVers(input) : mendVers(input)
  return read.ok ? formatVers(read.vers) : read.why
}

function answer(c: Case): unknown {
  switch (c.test_type) {
    case 'comparison':
      return sorted(c.input)
    case 'equality':
      return versionOrder(c.input.input_scheme)!.compare(c.input.versions[0]!, c.input.versions[1]!) === 0
    case 'from_native': {
      const vers = versFromNative(c.input.scheme, c.input.native_range)
      return vers && formatVers(vers)
    }
    case 'containment': {
      const read = mendVers(c.input.vers)
      return read.ok && versContains(read.vers, c.input.version) === 'yes'
    }
    case 'validate':
      return canonical(c.input, c.test_group)
    case 'parse':
      return parsed(c.input)
  }
}

test('vers-spec suite: all 1,977 required cases, and 724 recommended ones but for those named', (t) => {
  if (!process.env['WEIR_CORPUS'] || !existsSync(ARCHIVE))
    return t.skip('WEIR_CORPUS is not set: the vers-spec suite is left out')
  const cases = [...readTarZst(ARCHIVE)]
    .filter(([path]) => path.startsWith('tests/') && path.endsWith('.json'))
    .flatMap(([path, bytes]) => (JSON.parse(bytes.toString('utf8')) as { tests: Case[] }).tests.map((c) => ({ path, c })))
  assert.equal(cases.filter(({ c }) => c.test_group === 'required').length, 1_977)
  assert.equal(cases.length, 2_701)
  const departed = new Set<string>()
  const wrong: string[] = []
  for (const { path, c } of cases) {
    const want = c.test_type === 'parse' ? (c.expected_output ?? c.expected_message) : c.expected_output
    const got = answer(c)
    if (JSON.stringify(got) === JSON.stringify(want)) continue
    const named = c.test_type === 'from_native' ? `${c.input.scheme} ${c.input.native_range}` : ''
    if (c.test_group === 'recommended' && DEPARTURES.has(named)) departed.add(named)
    else
      wrong.push(
        `${path} ${c.test_group} ${JSON.stringify(c.input)}\n  got  ${JSON.stringify(got)}\n  want ${JSON.stringify(want)}`,
      )
  }
  assert.deepEqual(wrong, [])
  assert.deepEqual([...departed].toSorted(), [...DEPARTURES.keys()].toSorted())
})
