// CVSS scores against references: 4.0 by Red Hat's calculator, 3.x base scores by the specification's own equations, and what
// CNAs state beside their vectors.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { zstdDecompressSync } from 'node:zlib'
import { scoreVector } from '../src/core/priority/cvss/score.ts'

const FOLDER = join(process.env['WEIR_CORPUS'] ?? '', 'exposure/cvss')
const ABSENT = !process.env['WEIR_CORPUS'] || !existsSync(FOLDER)
const SAY = 'WEIR_CORPUS is not set: the CVSS vectors are left out'

function table(name: string): string[][] {
  const lines = zstdDecompressSync(readFileSync(join(FOLDER, name)))
    .toString('utf8')
    .split('\n')
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t'))
}

function score(vector: string): { score: number; base: number; version: string } {
  const s = scoreVector(vector)
  assert.ok(s.ok, vector)
  return s
}

// CVSS v3.1 specification §7.1 and appendix A; 3.0 rounds up without the care for floating point.
function base3(vector: string): number {
  const m = new Map(vector.split('/').map((part) => part.split(':') as [string, string]))
  const of = (metric: string, values: Record<string, number>) => values[m.get(metric)!]!
  const changed = m.get('S') === 'C'
  const loss = { H: 0.56, L: 0.22, N: 0 }
  const iss = 1 - (1 - of('C', loss)) * (1 - of('I', loss)) * (1 - of('A', loss))
  const impact = changed ? 7.52 * (iss - 0.029) - 3.25 * (iss - 0.02) ** 15 : 6.42 * iss
  const privileges = changed ? { N: 0.85, L: 0.68, H: 0.5 } : { N: 0.85, L: 0.62, H: 0.27 }
  const ease =
    8.22 *
    of('AV', { N: 0.85, A: 0.62, L: 0.55, P: 0.2 }) *
    of('AC', { L: 0.77, H: 0.44 }) *
    of('PR', privileges) *
    of('UI', { N: 0.85, R: 0.62 })
  if (impact <= 0) return 0
  const raw = Math.min((changed ? 1.08 : 1) * (impact + ease), 10)
  const whole = Math.round(raw * 100_000)
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10
}

test('5,000 random 4.0 vectors with threat and environmental metrics score as the reference does', (t) => {
  if (ABSENT) return t.skip(SAY)
  const rows = table('v4-random-full-5000.tsv.zst')
  assert.equal(rows.length, 5_000)
  assert.deepEqual(
    rows.filter(([vector = '', reference]) => score(vector).score !== Number(reference)),
    [],
  )
})

test('every real vector is read; 4.0 agrees with the reference, 3.x with the equations, always', (t) => {
  if (ABSENT) return t.skip(SAY)
  const rows = table('real-cna-vectors.tsv.zst')
  assert.equal(rows.length, 2_807)
  const wrong = rows.filter(([vector = '', , , reference]) => {
    const s = score(vector)
    if (s.version === '4.0') return s.score !== Number(reference)
    return s.version.startsWith('3') && s.base !== base3(vector)
  })
  assert.deepEqual(wrong, [])
})

// The rest are their authors' mistakes: the vector was checked against equations or reference above. Most state the base score
// of a vector that carries temporal metrics; the others state a number that no reading of the vector gives.
test('what CNAs state is the score or the base score of their vector, but for few', (t) => {
  if (ABSENT) return t.skip(SAY)
  const seen: Record<string, { score: number; base: number; neither: number }> = {}
  for (const [vector = '', stated] of table('real-cna-vectors.tsv.zst')) {
    const s = score(vector)
    const line = seen[s.version] ?? { score: 0, base: 0, neither: 0 }
    seen[s.version] = line
    line[Number(stated) === s.score ? 'score' : Number(stated) === s.base ? 'base' : 'neither']++
  }
  assert.deepEqual(seen, {
    '2.0': { score: 70, base: 0, neither: 0 },
    '3.0': { score: 351, base: 0, neither: 1 },
    '3.1': { score: 1367, base: 419, neither: 35 },
    '4.0': { score: 561, base: 0, neither: 3 },
  })
})
