import type { Tool, ToolRuns } from './peer-runs.ts'

/** What the peers reported of one inventory: purl and record id, or why nothing. */
export interface KeptInventory {
  readonly file: string
  readonly both: readonly string[]
  readonly trivyOnly: readonly string[]
  readonly osvOfflineOnly: readonly string[]
  /** Null: it read the inventory. */
  readonly trivyRefused: string | null
}

export interface KeptPeers {
  readonly at: string
  readonly records: number
  readonly tools: Readonly<Record<'trivy' | 'osv-offline', string>>
  readonly inventories: readonly KeptInventory[]
}

/** A finding without what says where a package was got: `pkg:type/name@version id`, nothing percent-encoded, as all tools can say it. */
export function plainFinding(said: string): string {
  const cut = said.lastIndexOf(' ')
  const purl = said.slice(0, cut).replace(/[?#].*$/, '')
  try {
    return decodeURIComponent(purl) + said.slice(cut)
  } catch {
    return purl + said.slice(cut)
  }
}

/** The peers' findings as text to keep; `skip` inventories before the first named are left out. */
export function keptFindings(names: readonly string[], all: Record<Tool, ToolRuns>, skip: number): string {
  const { trivy, 'osv-offline': osv } = all
  if ('missing' in trivy || 'missing' in osv) throw new Error('there is nothing to keep without both peers')
  const inventories = names.map((file, n): KeptInventory => {
    const [one, other] = [trivy.runs[n + skip]!.answer, osv.runs[n + skip]!.answer]
    const findings = (answer: typeof one) => new Set('findings' in answer ? answer.findings.map(plainFinding) : [])
    const [a, b] = [findings(one), findings(other)]
    return {
      file,
      both: [...a].filter((it) => b.has(it)).sort(),
      trivyOnly: [...a].filter((it) => !b.has(it)).sort(),
      osvOfflineOnly: [...b].filter((it) => !a.has(it)).sort(),
      trivyRefused: 'refused' in one ? one.refused : null,
    }
  })
  const tools = { trivy: trivy.version, 'osv-offline': osv.version }
  const kept: KeptPeers = { at: new Date().toISOString().slice(0, 10), records: 8919, tools, inventories }
  return `${JSON.stringify(kept, null, 1)}\n`
}
