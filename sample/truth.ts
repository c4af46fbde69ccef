import { crashKey, projectFrames } from './crash-stack.ts'
import type { Flaw, Project } from './project.ts'
import type { ManifestEntry } from './shelf.ts'

/** Which planted flaw one item of a report is about; null: none of them (noise, or a flaw nobody planted). */
export interface Label {
  readonly file: string
  /** JSON pointer, `line N`, or empty for a file that is one item. */
  readonly at: string
  readonly flaw: string | null
}

interface Place {
  readonly file: string
  readonly line: number
}

/** Lines of each flaw in its file, resolved from the texts that `projects.json` gives. */
export type Lines = ReadonlyMap<Flaw, ReadonlySet<number>>

function flawAt(project: Project, lines: Lines, places: readonly Place[], words: string): string | null {
  for (const place of places) {
    const here = project.flaws.filter((flaw) => flaw.file === place.file && lines.get(flaw)!.has(place.line))
    const told =
      here.find((flaw) => flaw.says !== undefined && new RegExp(flaw.says, 'i').test(words)) ??
      here.find((flaw) => flaw.says === undefined)
    if (told) return told.id
  }
  return null
}

function crashFlaw(project: Project, lines: Lines, log: string): string | null {
  return flawAt(project, lines, projectFrames(log, project.name).slice(0, 6), crashKey(log, project.name))
}

interface NdjsonItem {
  readonly title?: string
  readonly rule?: string
  readonly stack?: string
  readonly locations?: readonly { readonly path: string; readonly line: number }[]
}

interface SarifResult {
  readonly ruleId?: string
  readonly message?: { readonly text?: string }
  readonly locations?: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri?: string; readonly index?: number }
      readonly region?: { readonly startLine?: number }
    }
  }[]
}

function relative(uri: string, project: string): string {
  return uri
    .replace(/^file:\/\//, '')
    .replace(`/src/${project}/`, '')
    .replace(/^\.\//, '')
}

/** Labels every item of one report by the place it names: for crashes the innermost place inside the project. */
export function labelsOf(entry: ManifestEntry, text: string, project: Project, lines: Lines): Label[] {
  if (entry.format === 'crash-log') {
    return [{ file: entry.file, at: '', flaw: crashFlaw(project, lines, text) }]
  }
  if (entry.format === 'weir-ndjson') {
    return text
      .trimEnd()
      .split('\n')
      .map((line, i) => {
        const item = JSON.parse(line) as NdjsonItem
        if (item.stack !== undefined)
          return { file: entry.file, at: `line ${i + 1}`, flaw: crashFlaw(project, lines, item.stack) }
        const places = (item.locations ?? []).map(({ path, line: at }) => ({ file: path, line: at }))
        return { file: entry.file, at: `line ${i + 1}`, flaw: flawAt(project, lines, places, `${item.rule} ${item.title}`) }
      })
  }
  const log = JSON.parse(text) as { runs: { results: SarifResult[]; artifacts?: { location: { uri: string } }[] }[] }
  return log.runs.flatMap((one, r) =>
    one.results.map((result, i) => {
      const places = (result.locations ?? []).map(({ physicalLocation: { artifactLocation, region } }) => ({
        file: relative(artifactLocation.uri ?? one.artifacts?.[artifactLocation.index ?? -1]?.location.uri ?? '', project.name),
        line: region?.startLine ?? 0,
      }))
      const words = `${result.ruleId ?? ''} ${result.message?.text ?? ''}`
      return { file: entry.file, at: `/runs/${r}/results/${i}`, flaw: flawAt(project, lines, places, words) }
    }),
  )
}
