import { accept } from '../../kernel/decision.ts'
import type { CommandOf, FlawDecision } from './decide.ts'
import type { Flaw, Split } from './flaw.ts'
import type { FlawEvent } from './flaw-event.ts'
import { type Flaws, isRefused, no, openFlaw } from './flaw-lookup.ts'

/** Moves the named findings to a fresh flaw; from then on the two are kept apart. */
export function splitFlaw(command: CommandOf<'split-flaw'>, flaws: Flaws): FlawDecision {
  const { flaw: id, fresh, title, at, by, why } = command
  const flaw = openFlaw(flaws, id)
  if (isRefused(flaw)) return flaw
  if (flaws.has(fresh)) return no('flaw.exists')
  const named = new Set(command.findings)
  if (named.size === 0) return no('split.nothing')
  const members = flaw.members.filter(({ finding }) => named.has(finding))
  if (members.length < named.size) return no('finding.not-here')
  if (members.length === flaw.members.length) return no('split.everything')
  const split = { to: fresh, findings: members.map(({ finding }) => finding), by, at, why }
  return accept<FlawEvent>(
    { type: 'flaw-split', side: 'from', flaw: id, at, split },
    {
      type: 'flaw-split',
      side: 'new',
      flaw: fresh,
      at,
      from: id,
      title: title.trim() === '' ? flaw.title : title.trim().slice(0, 300),
      members,
      by,
      why,
    },
  )
}

/** Takes a split back, where the new flaw has had no history of its own; its id stays, empty, and points home. */
export function undoSplit({ flaw: id, to: toId, at, by, why }: CommandOf<'undo-split'>, flaws: Flaws): FlawDecision {
  const flaw = openFlaw(flaws, id)
  if (isRefused(flaw)) return flaw
  const to = flaws.get(toId)
  if (to === undefined) return no('flaw.unknown')
  const split = flaw.splits.find((one) => one.to === toId)
  if (split === undefined || to.stage === 'emptied') return no('split.not-standing')
  if (to.stage !== 'open' || hasHistory(to, split)) return no('split.overtaken')
  return accept<FlawEvent>(
    { type: 'split-undone', side: 'from', flaw: id, at, to: toId, members: to.members, by, why },
    { type: 'split-undone', side: 'new', flaw: toId, at, into: id, findings: split.findings, by, why },
  )
}

function hasHistory(to: Flaw, split: Split): boolean {
  const same =
    to.members.length === split.findings.length && to.members.every(({ finding }) => split.findings.includes(finding))
  return !same || to.merges.length > 0 || to.splits.length > 0 || to.judgements.length > 0 || to.apart.length > 1
}
