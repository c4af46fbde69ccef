import { canonicalText } from '../figures/canonical.ts'
import { computeFigures } from '../figures/compute.ts'
import { decisionFigure } from '../figures/decision-figure.ts'
import type { AnalysisInput } from '../figures/input.ts'
import type { AnalysisFigures, DecisionFigure } from '../figures/shape.ts'
import { parsePlan } from '../plan/plan-file.ts'
import type { ReportFacts } from './facts.ts'
import { publicHtml } from './public-html.ts'
import { figuresCurve, reportHtml } from './report-html.ts'
import { parseSettings, settingsFile } from './settings-file.ts'
import { parseRows, parseTasks, rowsFile, tasksFile } from './table-files.ts'
import { readTar, writeTar } from './tar.ts'

/** SHA-256 in hex. */
type HexHash = (bytes: Uint8Array) => string

export const BUNDLE_FORMAT = 'weir-bundle-1'
/** What is computed again from the rest. */
export const COMPUTED_FILES = ['figures.json', 'report.html', 'public.html', 'curve.svg'] as const

const README = `Everything from which this report is computed, and the report.

  weir evaluate --bundle FILE.tar

reads rows.csv, tasks.csv, settings.json and, where its criteria are published, plan.json; computes figures.json, report.html,
public.html and curve.svg again; and says whether each is the same, byte for byte. digests.json holds the SHA-256 of every file,
signature.json an Ed25519 signature over digests.json where the bundle was made by a server.
`

export interface MadeBundle {
  readonly tar: Uint8Array
  readonly digests: Readonly<Record<string, string>>
}

/** The report files of figures and facts, by name, as text. */
export function reportFiles(
  figures: AnalysisFigures,
  facts: ReportFacts,
): ReadonlyMap<(typeof COMPUTED_FILES)[number], string> {
  return new Map([
    ['figures.json', `${canonicalText(figures)}\n`],
    ['report.html', reportHtml(figures, facts)],
    ['public.html', publicHtml(figures, facts)],
    ['curve.svg', figuresCurve(figures)],
  ])
}

/**
 * Packs inputs and report. `plan`: its text as it was laid, where its criteria are published; null where they are sealed: then the
 * decision is taken over as stated when the bundle is computed again. `sign` answers `signature.json` over the text of
 * `digests.json`; null: unsigned.
 */
export function makeBundle(
  input: AnalysisInput,
  figures: AnalysisFigures,
  facts: ReportFacts,
  plan: string | null,
  sha256: HexHash,
  sign: ((digests: string) => string) | null,
): MadeBundle {
  const utf8 = new TextEncoder()
  const texts = new Map<string, string>([
    ['README.txt', README],
    ['rows.csv', rowsFile(input.rows)],
    ['tasks.csv', tasksFile(input.tasks)],
    ['settings.json', settingsFile(input, facts)],
    ...reportFiles(figures, facts),
  ])
  if (plan !== null) texts.set('plan.json', plan)
  const files = [...texts].map(([name, text]): [string, Uint8Array] => [name, utf8.encode(text)])
  files.sort(([a], [b]) => (a < b ? -1 : 1))
  const digests = Object.fromEntries(files.map(([name, bytes]) => [name, sha256(bytes)]))
  const list = `${canonicalText({ format: BUNDLE_FORMAT, files: digests })}\n`
  files.push(['digests.json', utf8.encode(list)])
  if (sign !== null) files.push(['signature.json', utf8.encode(sign(list))])
  return { tar: writeTar(files), digests }
}

export type Recomputed =
  | {
      readonly ok: true
      readonly figures: AnalysisFigures
      readonly files: readonly { readonly name: string; readonly same: boolean }[]
      /** Files whose bytes are not those that `digests.json` names. */
      readonly wrongDigests: readonly string[]
      /** False: the criteria are sealed and the outcome stands as the bundle states it. */
      readonly decided: boolean
      readonly signature: { readonly over: string; readonly text: string } | null
    }
  | { readonly ok: false; readonly say: string }

/** Computes a bundle again from its inputs and compares, byte for byte. Hostile input: never throws. */
export function recompute(bytes: Uint8Array, sha256: HexHash): Recomputed {
  const files = readTar(bytes)
  if (files === null) return { ok: false, say: 'This is no bundle: not an archive as they are written.' }
  const text = (name: string) => {
    const found = files.get(name)
    return found === undefined ? null : new TextDecoder().decode(found)
  }
  const rows = parseRows(text('rows.csv') ?? '')
  const tasks = parseTasks(text('tasks.csv') ?? '')
  const settings = parseSettings(text('settings.json') ?? '')
  const planText = text('plan.json')
  const plan = planText === null ? null : parsePlan(planText)
  const list = text('digests.json')
  const stated = statedFigures(text('figures.json'))
  if (!rows || !tasks || !settings || list === null || plan?.ok === false || stated === null)
    return { ok: false, say: 'The bundle lacks a file, or one of them cannot be read.' }
  try {
    const { figures, evidence } = computeFigures({ ...settings.input, rows, tasks })
    const digest = plan === null ? '' : sha256(files.get('plan.json') ?? new Uint8Array())
    const decision =
      plan === null ? stated.decision : decisionFigure(plan.plan, digest, evidence, () => stated.decision?.commitment ?? '')
    const whole: AnalysisFigures = {
      ...figures,
      decision: decision === null || stated.decision?.commitment === null ? nullCommitment(decision) : decision,
    }
    const made = reportFiles(whole, settings.facts)
    return {
      ok: true,
      figures: whole,
      files: COMPUTED_FILES.map((name) => ({ name, same: made.get(name) === text(name) })),
      wrongDigests: wrongDigests(list, files, sha256),
      decided: plan !== null,
      signature: files.has('signature.json') ? { over: list, text: text('signature.json') ?? '' } : null,
    }
  } catch (error) {
    // Whatever a forged bundle makes of its numbers, it is one that cannot be computed.
    return {
      ok: false,
      say: `The bundle cannot be computed: ${error instanceof RangeError ? error.message : 'its data do not fit together'}.`,
    }
  }
}

function nullCommitment(decision: DecisionFigure | null): DecisionFigure | null {
  return decision === null ? null : { ...decision, commitment: null }
}

function statedFigures(text: string | null): { readonly decision: DecisionFigure | null } | null {
  try {
    const value = JSON.parse(text ?? '') as { decision?: DecisionFigure | null } | null
    return typeof value === 'object' && value !== null ? { decision: value.decision ?? null } : null
  } catch {
    return null
  }
}

function wrongDigests(list: string, files: ReadonlyMap<string, Uint8Array>, sha256: HexHash): readonly string[] {
  let named: Readonly<Record<string, unknown>> = {}
  try {
    const value = JSON.parse(list) as { files?: Record<string, unknown> } | null
    named = value?.files ?? {}
  } catch {
    return ['digests.json']
  }
  const outside = new Set(['digests.json', 'signature.json'])
  return [...files].flatMap(([name, bytes]) => (outside.has(name) || named[name] === sha256(bytes) ? [] : [name]))
}
