import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DATABASES, type OsvAffected, osvRecords } from './osv-lines.ts'
import { lastLine, NoPeer } from './peers-cache.ts'

const SOURCE = join(import.meta.dirname, 'trivy-db/main.go')
const DEBIAN = '/usr/share/gocode'

/**
 * Builds Trivy's database of the shared records in `cache`, as its own importer of OSV does: ranges as constraints, listed versions as
 * equalities, withdrawn records left out. Answers seconds of building. Throws NoPeer without Debian's Go and bbolt.
 */
export function buildTrivyDatabase(corpus: string, cache: string, isPyPi: (version: string) => boolean): number {
  if (!existsSync(join(DEBIAN, 'src/go.etcd.io/bbolt')))
    throw new NoPeer('its database needs Debian’s golang-go and golang-github-coreos-bbolt-dev')
  const folder = join(cache, 'db')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const began = performance.now()
  const built = spawnSync('go', ['run', SOURCE, join(folder, 'trivy.db')], {
    input: entries(corpus, isPyPi)
      .map((one) => JSON.stringify(one))
      .join('\n'),
    encoding: 'utf8',
    env: { ...process.env, GO111MODULE: 'off', GOPATH: DEBIAN, GOCACHE: join(cache, 'go'), GOFLAGS: '' },
  })
  if (built.status !== 0) throw new NoPeer(`its database cannot be built: ${built.error?.message ?? lastLine(built.stderr)}`)
  const now = new Date().toISOString()
  const next = new Date(Date.now() + 86_400_000).toISOString()
  writeFileSync(
    join(folder, 'metadata.json'),
    JSON.stringify({ Version: 2, NextUpdate: next, UpdatedAt: now, DownloadedAt: now }),
  )
  return (performance.now() - began) / 1000
}

interface Entry {
  readonly b: readonly string[]
  readonly k: string
  readonly v: object
}

function entries(corpus: string, isPyPi: (version: string) => boolean): Entry[] {
  return DATABASES.flatMap(([file, ecosystem, bucket]) => {
    const source = `${bucket}::OSV`
    const records = osvRecords(corpus, file).filter(({ withdrawn }) => withdrawn === undefined)
    const valid = ecosystem === 'PyPI' ? isPyPi : () => true
    return [
      { b: ['data-source'], k: source, v: { ID: 'osv', Name: 'OSV', URL: 'https://osv.dev' } },
      ...records.map(({ id, summary }) => ({ b: ['vulnerability'], k: id, v: { Title: summary ?? id, Severity: 'UNKNOWN' } })),
      ...records.flatMap(({ id, affected }) =>
        [...byPackage(affected ?? [], bucket)].map(([name, of]) => ({
          b: [source, name],
          k: id,
          v: { VulnerableVersions: of.flatMap((one) => constraints(one, valid, ecosystem === 'PyPI' ? '>=0' : '>=0.0.0-0')) },
        })),
      ),
    ]
  })
}

function byPackage(affected: readonly OsvAffected[], bucket: string): Map<string, OsvAffected[]> {
  const found = new Map<string, OsvAffected[]>()
  for (const one of affected) {
    if (one.package === undefined) continue
    const { name } = one.package
    const folded = bucket === 'pip' ? name.toLowerCase().replaceAll('_', '-') : name
    found.set(folded, [...(found.get(folded) ?? []), one])
  }
  return found
}

function constraints({ ranges, versions }: OsvAffected, isValid: (version: string) => boolean, everything: string): string[] {
  const found = (versions ?? []).filter(isValid).map((version) => `=${version}`)
  for (const { type, events } of ranges ?? []) {
    if (type === 'GIT') continue
    let open: string | null = null
    for (const { introduced, fixed, last_affected: last } of events) {
      if (introduced !== undefined) open = introduced
      else if (open !== null && (fixed ?? last) !== undefined) {
        // OSV's 0 is before every version; Trivy's `>=0` would leave out the pre-releases of 0, as which Go writes commits.
        const from = open === '0' ? '' : `>=${open}, `
        found.push(`${from}${fixed === undefined ? `<=${last}` : `<${fixed}`}`)
        open = null
      }
    }
    if (open !== null) found.push(open === '0' ? everything : `>=${open}`)
  }
  return found
}
