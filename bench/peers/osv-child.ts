// A process with osv-offline in it: node osv-child.ts PEERS-FOLDER INVENTORY…; prints a line of JSON for its start and one an inventory.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { OsvAffected, OsvRecord } from './osv-lines.ts'
import { walkComponents } from './plain-walk.ts'

interface Database {
  query(ecosystem: string, name: string): Promise<OsvRecord[]>
}
interface Order {
  valid(version: string): unknown
  gte(a: string, b: string): boolean
  lt(a: string, b: string): boolean
  lte(a: string, b: string): boolean
  parse(version: string, options?: object): { version: string } | null
  coerce(version: string, options: object): { version: string } | null
}

const ECOSYSTEMS = new Map([
  ['npm', 'npm'],
  ['pypi', 'PyPI'],
  ['cargo', 'crates.io'],
  ['golang', 'Go'],
])
const PASSES = 5
const [folder = '', ...files] = process.argv.slice(2)
const load = createRequire(join(folder, 'x.js'))
const began = performance.now()
const entry = pathToFileURL(join(folder, 'node_modules/@renovatebot/osv-offline-db/dist/index.js')).href
const { OsvOfflineDb } = (await import(entry)) as { OsvOfflineDb: { create(): Database } }
const semver = load('semver') as Order
const pep440 = load('@renovatebot/pep440') as Order
const database = OsvOfflineDb.create()
for (const ecosystem of ECOSYSTEMS.values()) await database.query(ecosystem, 'nothing-is-called-so')
tell({ startMs: performance.now() - began })
for (const file of files) {
  const times: number[] = []
  const findings = new Set<string>()
  for (let pass = 0; pass < PASSES; pass++) {
    const start = performance.now()
    for (const purl of new Set(walkComponents(readFileSync(file, 'utf8')).map((one) => one.purl))) await look(purl, findings)
    times.push(performance.now() - start)
  }
  tell({ findings: [...findings].sort(), ms: times })
}
tell({ peakMb: process.resourceUsage().maxRSS / 1024 })

function tell(row: object): void {
  process.stdout.write(`${JSON.stringify(row)}\n`)
}

async function look(purl: string, findings: Set<string>): Promise<void> {
  const parts = /^pkg:([^/]+)\/([^@?#]+)(?:@([^?#]+))?/.exec(purl.replace('/@', '/%40'))
  const ecosystem = ECOSYSTEMS.get(parts?.[1] ?? '')
  if (parts === null || ecosystem === undefined || parts[3] === undefined) return
  const [, , path = '', stated] = parts
  const named = decodeURIComponent(path)
  const name = ecosystem === 'PyPI' ? named.toLowerCase().replaceAll(/[-_.]+/g, '-') : named
  const version = decodeURIComponent(stated)
  for (const record of await database.query(ecosystem, name)) {
    const own = (record.affected ?? []).filter((one) => one.package?.name === name && one.package.ecosystem === ecosystem)
    if (record.withdrawn === undefined && own.some((one) => isAffected(one, version, ecosystem)))
      findings.add(`${purl} ${record.id}`)
  }
}

/** As Renovate goes on from what osv-offline found: the listed versions, then the ranges, by the ecosystem's order. */
function isAffected({ versions, ranges }: OsvAffected, version: string, ecosystem: string): boolean {
  const order = ecosystem === 'PyPI' ? pep440 : semver
  const read = (text: string): string | null =>
    ecosystem === 'PyPI'
      ? pep440.valid(text)
        ? text
        : null
      : ((semver.parse(text, { loose: true }) ?? semver.coerce(text, { includePrerelease: true }))?.version ?? null)
  const own = read(version)
  if ((versions ?? []).includes(version)) return true
  if (own === null) return false
  return (ranges ?? []).some(({ type, events }) => {
    let affected = false
    if (type === 'GIT') return false
    for (const { introduced, fixed, last_affected: last } of events) {
      if (introduced !== undefined) affected ||= introduced === '0' || order.gte(own, read(introduced) ?? introduced)
      else if (fixed !== undefined) affected &&= order.lt(own, read(fixed) ?? fixed)
      else if (last !== undefined) affected &&= order.lte(own, read(last) ?? last)
    }
    return affected
  })
}
