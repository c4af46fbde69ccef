import { hash } from 'node:crypto'
import type { Analyse, AnalysisOut } from '../../../contract/shapes/measurement.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { decisionFigure } from '../../../core/evaluation/figures/decision-figure.ts'
import type { AnalysisFigures } from '../../../core/evaluation/figures/shape.ts'
import type { Plan } from '../../../core/evaluation/plan/plan.ts'
import { parsePlan } from '../../../core/evaluation/plan/plan-file.ts'
import { makeBundle, reportFiles } from '../../../core/evaluation/report/bundle.ts'
import type { ReportFacts } from '../../../core/evaluation/report/facts.ts'
import { toHex } from '../../../core/kernel/digest.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { carryOut } from '../docket/command-docket.ts'
import type { SeenDocket } from '../docket/load-docket.ts'
import { loadNames } from '../docket/names.ts'
import { addPaper, listPapersOf, readPaperBytes } from '../docket/papers.ts'
import { withDocket } from '../docket/with-docket.ts'
import { writeDeed } from '../docket/write-access.ts'
import { signatureFile } from './bundle-signature.ts'
import { type Gathered, gatherInput } from './gather-input.ts'
import type { MeasurementDesk } from './measurement-desk.ts'
import { readAnalysis } from './read-analysis.ts'
import { ANALYSTS, hasSeat } from './runner-seats.ts'
import { unblind } from './unblind.ts'

/** What the page of an analysis is given, with where its rows came from. */
export type KeptAnalysis = Omit<AnalysisOut, 'figures'> & {
  readonly figures: AnalysisFigures & Pick<Gathered, 'sources'>
}

interface Ready extends Gathered {
  readonly plan: Plan
  readonly planText: string
  readonly digest: string
  readonly facts: ReportFacts
  /** False while the window is open, or once the office recorded: figures, and no outcome. */
  readonly decides: boolean
  readonly commit: (text: string) => string
}

/**
 * Computes the figures of run sets by the newest plan, and in analysis the outcome; the report is made when the office recorded. Refused without a plan. A plan
 * whose criteria are sealed gives one outcome and no second: two, of different runs, would bracket the threshold.
 */
export async function analyse(
  desk: MeasurementDesk,
  who: Principal,
  docket: string,
  asked: Analyse,
): Promise<Answer<Presented<AnalysisOut>>> {
  const ready = await withDocket(desk, who, { docket, object: 'analysis', action: 'write' }, (tx, seen) =>
    prepare(desk, tx, seen, asked),
  )
  if (!ready.ok) return ready
  const { plan, planText, digest, facts, input, sources, decides, commit } = ready.value
  const { figures: bare, evidence } = await desk.figures(input)
  const decision = decides ? decisionFigure(plan, digest, evidence, commit) : null
  const figures: AnalysisFigures = { ...bare, decision }
  const files = reportFiles(figures, facts)
  const sign = (digests: string) => signatureFile(desk.keys, digests)
  const published = plan.threshold === 'published' && decides ? planText : null
  const bundle = makeBundle(input, figures, facts, published, (bytes) => hash('sha256', bytes, 'hex'), sign)
  const kept: KeptAnalysis = {
    at: facts.at,
    plan: plan.name,
    digest,
    seed: String(input.settings.seed),
    method: `${figures.method.name}, ${figures.method.profile}`,
    computed: decision?.outcome ?? 'not-assessable',
    say: decision?.say ?? 'Figures only: an outcome is computed once the window has closed, and before the office records.',
    figures: { ...figures, sources },
    curve: files.get('curve.svg') ?? '',
  }
  const wanted = { docket, object: 'analysis', action: 'write', lock: true } as const
  const stored = await withDocket<null>(desk, who, wanted, async (tx, seen) => {
    if (!hasSeat(seen.seats, ANALYSTS)) return NOT_FOUND
    const add = (title: string, of: string, content: Uint8Array) =>
      addPaper(desk, tx, seen, { object: 'analysis', title, of, content, person: seen.person })
    const store = async () => {
      const of = decision === null ? 'figures' : `outcome:${digest}`
      await add('Figures', of, Buffer.from(JSON.stringify(kept)))
      await add('Bundle', of, bundle.tar)
      await writeDeed(tx, seen, 'analysis', 'figures-computed', null)
    }
    if (decision === null) {
      await store()
      return done(null)
    }
    // Somebody else may have had the outcome computed, or laid another plan, while this one was.
    if (seen.docket.plans.at(-1)?.digest !== digest) return denied('docket.changed', 'Another plan was laid meanwhile.')
    if (plan.threshold === 'sealed' && (await hasOutcome(tx, seen, digest))) return ONE_OUTCOME
    // With its papers or not at all: an outcome that is kept and not told could never be computed again.
    const command = { do: 'computed', outcome: decision.outcome } as const
    const told = await carryOut(desk, tx, seen, { kind: 'machine' }, { command, store })
    return told.ok ? done(null) : told
  })
  if (!stored.ok) return stored
  await unblind(desk, docket)
  return await readAnalysis(desk, who, docket)
}

const ONE_OUTCOME = denied(
  'docket.refused',
  'This plan has given its outcome. Its criteria are sealed: for another outcome a new plan is laid, with a reason.',
)

async function prepare(desk: MeasurementDesk, tx: Tx, seen: SeenDocket, asked: Analyse): Promise<Answer<Ready>> {
  const { docket } = seen
  const bench = seen.key('B')
  if (!hasSeat(seen.seats, ANALYSTS)) return NOT_FOUND
  if (bench === null || docket.closing !== null) return denied('docket.closed')
  const laid = docket.plans.at(-1)
  if (laid === undefined) return denied('docket.refused', 'No plan has been laid: the rule comes before the figures.')
  const paper = (await listPapersOf(tx, seen, ['criterion'])).find(({ of }) => of === laid.digest)
  const text = paper === undefined ? null : await readPaperBytes(desk, tx, seen, paper.id, 1 << 20)
  const planText = text?.toString('utf8') ?? ''
  const read = parsePlan(planText)
  // What is wrong with a plan may name a number of it: only who laid it is told, when it is laid.
  if (!read.ok) return denied('docket.refused', 'The plan cannot be read as one. Lay it again, with a reason.')
  const decides = docket.state === 'analysis'
  if (decides && read.plan.threshold === 'sealed' && (await hasOutcome(tx, seen, laid.digest))) return ONE_OUTCOME
  const gathered = await gatherInput(tx, seen, asked.runSets, read.plan, laid.digest, asked.resamples)
  if (!gathered.ok) return gathered
  const names = await loadNames(tx, [], [docket.developer, docket.office])
  const mac = keyedMac(bench.key, 'decision')
  return done({
    ...gathered.value,
    plan: read.plan,
    planText,
    digest: laid.digest,
    facts: {
      docket: docket.id,
      developer: names.organisations.get(docket.developer) ?? null,
      office: names.organisations.get(docket.office) ?? null,
      at: formatInstant(seen.now),
      recorded: null,
    },
    decides,
    commit: (said) => toHex(mac(Buffer.from(said))),
  })
}

async function hasOutcome(tx: Tx, seen: SeenDocket, digest: string): Promise<boolean> {
  return (await listPapersOf(tx, seen, ['analysis'])).some(({ of }) => of === `outcome:${digest}`)
}
