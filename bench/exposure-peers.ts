import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { keptFindings, plainFinding } from './peers/kept-findings.ts'
import { DATABASES } from './peers/osv-lines.ts'
import { runOsvOffline, runTrivy, runWeir, TOOLS, type Tool, type ToolRun, type ToolRuns } from './peers/peer-runs.ts'
import { peersTable } from './peers/peers-table.ts'

export interface PeersRow {
  readonly bench: 'exposure-peers'
  readonly what: string
  readonly [figure: string]: string | number
}

const CORPUS = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'exposure')
/** An inventory without components: what a process takes before it begins. */
const EMPTY = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.4', version: 1, components: [] })

/**
 * The shared inventories with the same 8,919 records through Trivy, osv-offline and us, in one run. `WEIR_PEERS_KEEP` names a file
 * to keep what the peers reported.
 */
export function* benchExposurePeers(): Generator<PeersRow> {
  if (!existsSync(CORPUS)) throw new Error('bench exposure-peers needs WEIR_CORPUS, the folder with the public advisories')
  const work = mkdtempSync(join(tmpdir(), 'weir-peers-'))
  try {
    const files = [join(work, 'nothing.cdx.json'), ...unpacked(work)]
    writeFileSync(files[0]!, EMPTY)
    const feed = join(work, 'feed')
    mkdirSync(feed)
    for (const [name] of DATABASES)
      copyFileSync(join(CORPUS, `advisories/osv-${name}.ndjson.zst`), join(feed, `${name}.ndjson.zst`))
    const all: Record<Tool, ToolRuns> = {
      weir: runWeir(CORPUS, files, feed),
      'osv-offline': runOsvOffline(CORPUS, files),
      trivy: runTrivy(CORPUS, files),
    }
    const rows = files.map((file, n) => rowOf(n === 0 ? 'start, nothing to look up' : file.slice(work.length + 1), all, n))
    yield* rows
    yield totals(all)
    process.stdout.write(peersTable(rows))
    const keep = process.env['WEIR_PEERS_KEEP']
    if (keep !== undefined) writeFileSync(keep, keptFindings(files.map((file) => file.slice(work.length + 1)).slice(1), all, 1))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function unpacked(work: string): string[] {
  return ['cyclonedx', 'spdx'].flatMap((folder) =>
    readdirSync(join(CORPUS, 'sbom', folder))
      .sort()
      .map((name) => {
        const file = join(work, name.replace(/\.zst$/, ''))
        writeFileSync(file, zstdDecompressSync(readFileSync(join(CORPUS, 'sbom', folder, name))))
        return file
      }),
  )
}

function runOf(all: Record<Tool, ToolRuns>, tool: Tool, n: number): ToolRun | string {
  const of = all[tool]
  return 'missing' in of ? of.missing : of.runs[n]!
}

function rowOf(what: string, all: Record<Tool, ToolRuns>, n: number): PeersRow {
  const figures: Record<string, string | number> = {}
  for (const tool of TOOLS) {
    const run = runOf(all, tool, n)
    if (typeof run === 'string') {
      figures[tool] = run
      continue
    }
    const { answer, whole, inside } = run
    figures[tool] = 'refused' in answer ? `nothing: ${answer.refused}` : plainFindings(run).size
    if (whole !== null)
      Object.assign(figures, { [`${tool}Ms`]: Math.round(whole.wallMs), [`${tool}CpuMs`]: Math.round(whole.cpuMs) })
    if (whole !== null) figures[`${tool}Mb`] = Math.round(whole.peakMb)
    if (inside.length > 0) figures[`${tool}InsideMs`] = Math.round(middle(inside) * 100) / 100
  }
  return { bench: 'exposure-peers', what, ...figures, ...against(all, n) }
}

/** What a peer reports and we do not, and the other way round; how many times our wall and CPU time a peer takes. */
function against(all: Record<Tool, ToolRuns>, n: number): Record<string, number> {
  const ours = runOf(all, 'weir', n)
  if (typeof ours === 'string') return {}
  const own = plainFindings(ours)
  const figures: Record<string, number> = {}
  for (const tool of ['trivy', 'osv-offline'] as const) {
    const run = runOf(all, tool, n)
    if (typeof run === 'string' || 'refused' in run.answer) continue
    const theirs = plainFindings(run)
    figures[`${tool}Only`] = [...theirs].filter((one) => !own.has(one)).length
    figures[`notIn:${tool}`] = [...own].filter((one) => !theirs.has(one)).length
    if (run.whole !== null && ours.whole !== null) {
      figures[`${tool}:weirWall`] = ratio(run.whole.wallMs, ours.whole.wallMs)
      figures[`${tool}:weirCpu`] = ratio(run.whole.cpuMs, ours.whole.cpuMs)
    }
    if (run.inside.length > 0) figures[`${tool}:weirInside`] = ratio(middle(run.inside), middle(ours.inside))
  }
  return figures
}

function totals(all: Record<Tool, ToolRuns>): PeersRow {
  const figures: Record<string, string | number> = {}
  for (const tool of TOOLS) {
    const of = all[tool]
    if ('missing' in of) {
      figures[tool] = of.missing
      continue
    }
    const real = of.runs.slice(1)
    figures[tool] = real.reduce((sum, run) => sum + plainFindings(run).size, 0)
    figures[`${tool}Refused`] = real.filter(({ answer }) => 'refused' in answer).length
    figures[`${tool}CpuSeconds`] = Math.round(real.reduce((sum, { whole }) => sum + (whole?.cpuMs ?? 0), 0) / 100) / 10
    figures[`${tool}Version`] = of.version
  }
  return { bench: 'exposure-peers', what: 'all inventories', ...figures }
}

function plainFindings({ answer }: ToolRun): Set<string> {
  return new Set('refused' in answer ? [] : answer.findings.map(plainFinding))
}

function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!
}

function ratio(theirs: number, ours: number): number {
  return Math.round((theirs / ours) * 100) / 100
}
