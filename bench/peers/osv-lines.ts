import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'

/** An OSV record as its database wrote it: read here by nothing of ours, so that peers get what we get. */
export interface OsvRecord {
  readonly id: string
  readonly withdrawn?: string
  readonly summary?: string
  readonly affected?: readonly OsvAffected[]
}

export interface OsvAffected {
  readonly package?: { readonly ecosystem: string; readonly name: string; readonly purl?: string }
  readonly ranges?: readonly OsvRange[]
  readonly versions?: readonly string[]
}

export interface OsvRange {
  readonly type: string
  readonly events: readonly { readonly introduced?: string; readonly fixed?: string; readonly last_affected?: string }[]
}

/** The shared databases: our file's name, OSV's ecosystem, Trivy's bucket, the purl's type. */
export const DATABASES = [
  ['npm', 'npm', 'npm', 'npm'],
  ['pypi', 'PyPI', 'pip', 'pypi'],
  ['crates.io', 'crates.io', 'cargo', 'cargo'],
  ['go', 'Go', 'go', 'golang'],
] as const

/** All records of one shared database. */
export function osvRecords(corpus: string, name: string): OsvRecord[] {
  const text = zstdDecompressSync(readFileSync(join(corpus, `advisories/osv-${name}.ndjson.zst`))).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as OsvRecord)
}
