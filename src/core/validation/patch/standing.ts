import { type PatchStanding, type PatchVerdict, RUNGS, type Rung, type RungResult } from '../ladder.ts'
import type { InputDigest } from '../proof.ts'
import { inertLine } from '../run/inert.ts'

const NOTES_MOST = 20
const NAMES: Readonly<Record<Rung, string>> = {
  applies: 'applies',
  builds: 'builds',
  'reproducers-silent': 'reproducers silent',
  'variants-silent': 'variants silent',
  tests: 'tests',
  differential: 'same answers before and after',
  'touched-code': 'touched code',
  refuzz: 'fuzzed again',
}

/** What the rungs come to. A silent reproducer alone never makes a patch validated. */
export function standingOf(rungs: readonly RungResult[]): PatchStanding {
  const ran = new Set(rungs.filter(({ outcome }) => outcome === 'passed').map(({ rung }) => rung))
  if (rungs.some(({ outcome }) => outcome === 'failed')) return 'rejected'
  if (!ran.has('reproducers-silent')) return 'undecided'
  const stronger = ran.has('differential') && (ran.has('variants-silent') || ran.has('tests'))
  return stronger ? 'validated' : 'stops-the-reproducer'
}

/** The verdict of a patch from the rungs that were tried; those above are said not to have been run. */
export function patchVerdict(patch: string, digest: InputDigest, tried: readonly RungResult[]): PatchVerdict {
  const failed = tried.find(({ outcome }) => outcome === 'failed')
  const rungs = RUNGS.map(
    (rung): RungResult =>
      tried.find((one) => one.rung === rung) ?? {
        rung,
        outcome: 'not-run',
        say: failed ? `Not run: the patch had failed at "${NAMES[failed.rung]}".` : 'Not run.',
        notes: [],
      },
  )
  const standing = standingOf(rungs)
  return { patch, digest, standing, say: sentence(standing, rungs), rungs }
}

function sentence(standing: PatchStanding, rungs: readonly RungResult[]): string {
  const names = (outcome: RungResult['outcome']) =>
    rungs.filter((one) => one.outcome === outcome).map(({ rung }) => NAMES[rung])
  const passed = names('passed')
  const ran = passed.length > 0 ? `Passed: ${passed.join(', ')}.` : 'Nothing passed.'
  const failed = rungs.find(({ outcome }) => outcome === 'failed')
  if (standing === 'rejected') return `Rejected at "${NAMES[failed!.rung]}": ${failed!.say} ${ran}`
  const left = [...names('not-possible'), ...names('not-run')]
  const rest = left.length > 0 ? ` Not run: ${left.join(', ')}.` : ''
  if (standing === 'validated') return `Validated. ${ran}${rest}`
  if (standing === 'undecided') return `Undecided: no reproducer could be held against it. ${ran}${rest}`
  return `Stops the reproducer; too little could be run to say more. ${ran}${rest}`
}

/** One rung's result, its notes cut to what is kept. */
export function rungResult(rung: Rung, outcome: RungResult['outcome'], say: string, notes: readonly string[] = []): RungResult {
  const once = new Set(notes.map((note) => inertLine(note, 300).replace(/\.$/, '')))
  return { rung, outcome, say: inertLine(say, 600), notes: [...once].slice(0, NOTES_MOST) }
}
