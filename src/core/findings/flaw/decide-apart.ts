import { accept } from '../../kernel/decision.ts'
import type { CommandOf, FlawDecision } from './decide.ts'
import type { Flaw } from './flaw.ts'
import type { FlawEvent } from './flaw-event.ts'
import { type Flaws, isRefused, no, openFlaw } from './flaw-lookup.ts'

/** Records on both flaws that a person holds them for two; questions about the pair are answered by it. */
export function keepApart({ flaw: id, other: otherId, at, by, why }: CommandOf<'keep-apart'>, flaws: Flaws): FlawDecision {
  if (id === otherId) return no('apart.same-flaw')
  const flaw = openFlaw(flaws, id)
  if (isRefused(flaw)) return flaw
  const other = openFlaw(flaws, otherId)
  if (isRefused(other)) return other
  if (isApart(flaw, other) || isApart(other, flaw)) return no('apart.repeated')
  const side = (one: Flaw, two: Flaw): FlawEvent => ({
    type: 'kept-apart',
    flaw: one.id,
    at,
    kept: { other: two.id, by, at, why, answered: one.suggestions.filter((asked) => asked.other === two.id) },
  })
  return accept<FlawEvent>(side(flaw, other), side(other, flaw))
}

/** Takes it back on both flaws: they may be suggested and merged again. */
export function undoApart({ flaw: id, other: otherId, at, by, why }: CommandOf<'undo-apart'>, flaws: Flaws): FlawDecision {
  const flaw = openFlaw(flaws, id)
  if (isRefused(flaw)) return flaw
  const other = openFlaw(flaws, otherId)
  if (isRefused(other)) return other
  if (!isApart(flaw, other) || !isApart(other, flaw)) return no('apart.not-standing')
  return accept<FlawEvent>(
    { type: 'apart-undone', flaw: id, at, other: otherId, by, why },
    { type: 'apart-undone', flaw: otherId, at, other: id, by, why },
  )
}

function isApart(one: Flaw, two: Flaw): boolean {
  return one.apart.some(({ other }) => other === two.id)
}
