import type { PatchVerdict } from '../../core/validation/ladder.ts'
import type { Matrix } from '../../core/validation/matrix.ts'
import type { BuildOutcome } from '../../core/validation/outcome.ts'
import type { ReproducerVerdict } from '../../core/validation/verdict.ts'
import { columns, wrap } from '../text/columns.ts'
import { inert } from '../text/inert.ts'
import type { Ink } from '../text/ink.ts'
import { matrixLines } from './matrix-lines.ts'

const WIDTH = 78
const MOST_NOTES = 3

/** What is shown of an outcome, whether it was made here or a server tells of it. */
export interface OutcomeView {
  readonly builds: readonly Pick<BuildOutcome, 'of' | 'built' | 'say'>[]
  readonly reproducers: readonly ReproducerView[]
  readonly patches: readonly PatchView[]
  readonly matrix: Matrix | null
  readonly minimised: readonly SaidOf[]
  readonly ranges: readonly SaidOf[]
}

type SaidOf = { readonly reproducer: string; readonly say: string }
type PatchView = Pick<PatchVerdict, 'patch' | 'standing' | 'say' | 'rungs'>
type ReproducerView = Pick<ReproducerVerdict, 'reproducer' | 'verdict' | 'say' | 'fired' | 'of' | 'alsoMet' | 'cwe'> & {
  readonly controls: readonly Pick<ReproducerVerdict['controls'][number], 'name' | 'outcome' | 'say'>[]
  readonly seen: Pick<NonNullable<ReproducerVerdict['seen']>, 'type' | 'state'> | null
}

/** What a validation came to, as a person reads it: verdicts, ladders, matrix, what was shrunk, where the flaw began. */
export function outcomeLines(outcome: OutcomeView, ink: Ink): string[] {
  const { reproducers, patches, matrix, builds, minimised, ranges } = outcome
  const failed = builds.filter((one) => !one.built)
  return [
    ...failed.flatMap((one) => said(`${ink.alarm('did not build')}  ${inert(one.of)}`, inert(one.say))),
    ...verdictLines(reproducers, ink),
    ...patches.flatMap((one) => ['', ...ladderLines(one, ink)]),
    ...(matrix === null || matrix.cells.length === 0 ? [] : ['', ...matrixLines(matrix)]),
    ...minimised.flatMap((one) => ['', ...said(`${ink.strong('shrunk')}  ${inert(one.reproducer)}`, inert(one.say))]),
    ...ranges.flatMap((one) => ['', ...said(`${ink.strong('range')}  ${inert(one.reproducer)}`, inert(one.say))]),
  ]
}

function verdictLines(reproducers: readonly ReproducerView[], ink: Ink): string[] {
  const head = ['reproducer', 'verdict', 'fired', 'crash', 'weakness']
  const rows = reproducers.map((one) => [
    inert(one.reproducer),
    one.verdict,
    `${one.fired} of ${one.of}`,
    inert(crashOf(one)),
    one.cwe ?? '-',
  ])
  const [first = '', ...rest] = columns([head, ...rows], [{ most: 20 }, {}, {}, { most: 34 }, {}])
  return [
    ink.dim(first),
    ...rest.flatMap((line, n) => {
      const { verdict, say, controls, alsoMet } = reproducers[n]!
      const notes = controls.filter(({ outcome }) => outcome === 'fired').map((one) => `Control ${one.name}: ${one.say}`)
      const met = alsoMet.map((state) => `Also met: ${state.join(' < ')}`)
      return [
        verdict === 'confirmed' ? line : ink.alarm(line),
        ...[say, ...notes, ...met].flatMap((text) => indented(inert(text, 600))),
      ]
    }),
  ]
}

/** `heap-buffer-overflow in parse_name`; a dash where nothing fired. */
function crashOf({ seen }: ReproducerView): string {
  if (seen === null) return '-'
  const at = seen.state.find((frame) => frame !== seen.type)
  // The first line is the kind; access and size stand on others.
  const kind = seen.type?.split('\n', 1)[0]
  return kind === undefined ? (at ?? '-') : at === undefined ? kind : `${kind} in ${at}`
}

const MARK = { passed: 'passed', failed: 'FAILED', 'not-run': 'not run', 'not-possible': 'not possible' } as const

function ladderLines({ patch, standing, say, rungs }: PatchView, ink: Ink): string[] {
  const paint = standing === 'validated' ? ink.strong : standing === 'rejected' ? ink.alarm : ink.soon
  return [
    `${ink.dim('patch')}  ${inert(patch)}  ${paint(standing)}`,
    ...indented(inert(say, 600)),
    ...rungs.flatMap((one) => {
      const lead = `  ${one.rung.padEnd(18)}  ${MARK[one.outcome].padEnd(12)}  `
      const [first = '', ...rest] = wrap(inert(one.say, 400), WIDTH - lead.length)
      const gap = ' '.repeat(lead.length)
      const painted = one.outcome === 'failed' ? ink.alarm(lead) : one.outcome === 'passed' ? lead : ink.dim(lead)
      const left = one.notes.length - MOST_NOTES
      const shown = [...one.notes.slice(0, MOST_NOTES), ...(left > 0 ? [`${left} more: --json or --out has them`] : [])]
      const notes = shown.flatMap((note) => wrap(`- ${inert(note, 300)}`, WIDTH - lead.length))
      return [`${painted}${first}`.trimEnd(), ...[...rest, ...notes].map((text) => gap + text)]
    }),
  ]
}

const indented = (text: string) => wrap(text, WIDTH - 2).map((line) => `  ${line}`)
const said = (head: string, text: string) => [head, ...indented(text)]
