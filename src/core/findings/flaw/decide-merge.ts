import { accept } from '../../kernel/decision.ts'
import { absorbed, areApart, keptFrom } from './apart.ts'
import type { CommandOf, FlawDecision } from './decide.ts'
import type { Flaw } from './flaw.ts'
import type { FlawEvent } from './flaw-event.ts'
import { shown, standing } from './flaw-judgement.ts'
import { type Flaws, isRefused, no, openFlaw } from './flaw-lookup.ts'

/** Moves every finding of `from` into `into`; `from` keeps its own history and waits for the merge to be undone, for ever if need be. */
export function mergeFlaws({ into: intoId, from: fromId, at, by, why }: CommandOf<'merge-flaws'>, flaws: Flaws): FlawDecision {
  if (intoId === fromId) return no('merge.same-flaw')
  if (flaws.get(fromId)?.into === intoId || flaws.get(intoId)?.into === fromId) return no('merge.repeated')
  const into = openFlaw(flaws, intoId)
  if (isRefused(into)) return into
  const from = openFlaw(flaws, fromId)
  if (isRefused(from)) return from
  if (areApart(into, from)) return no('merge.kept-apart')
  if (vendorsDiffer(into, from)) return no('merge.verdicts-differ')
  const findings = from.members.map(({ finding }) => finding)
  const answered = into.suggestions.filter(({ other }) => other === fromId)
  const merge = {
    from: fromId,
    findings,
    absorbed: absorbed(from),
    keptFrom: keptFrom(from),
    judgements: shown(from),
    by,
    at,
    why,
    answered,
  }
  return accept<FlawEvent>(
    { type: 'flaws-merged', side: 'into', flaw: intoId, at, merge, members: from.members },
    { type: 'flaws-merged', side: 'from', flaw: fromId, at, into: intoId, by, why },
  )
}

/** Takes a merge back: each of its findings returns to where it was, what joined since stays. */
export function undoMerge({ into: intoId, from: fromId, at, by, why }: CommandOf<'undo-merge'>, flaws: Flaws): FlawDecision {
  const into = openFlaw(flaws, intoId)
  if (isRefused(into)) return into
  const from = flaws.get(fromId)
  if (from === undefined) return no('flaw.unknown')
  const merge = into.merges.find((one) => one.from === fromId)
  if (merge === undefined || from.into !== intoId || from.stage !== 'merged') return no('merge.not-standing')
  const moved = new Set(merge.findings)
  const members = into.members.filter(({ finding }) => moved.has(finding))
  // Only whole: half of a merge taken back would be neither the old state nor the new.
  if (members.length < moved.size || members.length === into.members.length) return no('merge.overtaken')
  return accept<FlawEvent>(
    { type: 'merge-undone', side: 'into', flaw: intoId, at, from: fromId, by, why },
    { type: 'merge-undone', side: 'from', flaw: fromId, at, members, by, why },
  )
}

function vendorsDiffer(a: Flaw, b: Flaw): boolean {
  const [one, two] = [standing(shown(a), 'verdict').vendor, standing(shown(b), 'verdict').vendor]
  return one !== undefined && two !== undefined && one.value !== two.value
}
