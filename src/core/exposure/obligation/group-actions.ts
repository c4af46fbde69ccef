import type { Instant } from '../../kernel/instant.ts'
import type { VersionOrder } from '../../kernel/version-order.ts'
import type { Action, ActionKind, ActionPart, Owed, Placement } from './action.ts'
import { inOrder, type StillHolds, upgradeTarget } from './upgrade-target.ts'

/** How versions compare and whether a flaw still holds in one; both may not know. */
export interface Versions {
  readonly order: (ecosystem: string) => VersionOrder | null
  /** Of a component's key; null: nothing is known beyond the fixes that matches name. */
  readonly holds: ((key: string, flaw: string, version: string) => 'yes' | 'no' | 'unknown') | null
}

/**
 * The list of what to do: placements of one component that go to one version become one action, what has no fix becomes a mitigation
 * (or, on assets whose support is over, leaving the component or replacing the device), and triage stands before both. Ranked by due instant, then tier, then
 * how many flaws and assets it settles; the same whatever the order of the placements.
 */
export function groupActions(placements: readonly Placement[], versions: Versions): readonly Action[] {
  const drafts = new Map<string, Draft>()
  for (const placement of placements) {
    if (placement.owed.length === 0) continue
    const { key, ecosystem } = placement
    const watched = placement.owed.filter(({ triageDue }) => triageDue !== null)
    if (watched.length > 0) add(drafts, placement, 'triage', null, watched)
    const holds: StillHolds | null = versions.holds === null ? null : (flaw, version) => versions.holds!(key, flaw, version)
    const target = upgradeTarget(placement.owed, versions.order(ecosystem), holds)
    if (target !== null) add(drafts, placement, 'upgrade', target.to, target.ends)
    const ended = new Set(target?.ends)
    const left = placement.owed.filter((owed) => !ended.has(owed))
    const fixable = left.filter(({ fixed }) => fixed !== null)
    const stuck = left.filter(({ fixed }) => fixed === null)
    // What the one version does not end but another would: an upgrade of its own.
    for (const owed of fixable) add(drafts, placement, 'upgrade', owed.fixed, [owed])
    if (stuck.length > 0) add(drafts, placement, withoutFix(placement), null, stuck)
  }
  return [...drafts.values()].map((draft) => actionOf(draft, versions)).toSorted(compareActions)
}

function withoutFix({ supported, edge }: Placement): ActionKind {
  return supported !== false ? 'mitigate' : edge ? 'replace' : 'retire'
}

interface Draft {
  readonly do: ActionKind
  readonly to: string | null
  readonly placements: { readonly placement: Placement; readonly owed: readonly Owed[] }[]
}

function add(
  drafts: Map<string, Draft>,
  placement: Placement,
  kind: ActionKind,
  to: string | null,
  owed: readonly Owed[],
): void {
  const name = JSON.stringify([placement.key, kind, to])
  const draft = drafts.get(name) ?? { do: kind, to, placements: [] }
  draft.placements.push({ placement, owed })
  drafts.set(name, draft)
}

function actionOf({ do: kind, to, placements }: Draft, versions: Versions): Action {
  const { key, ecosystem } = placements[0]!.placement
  const name = placements.map(({ placement }) => placement.name).toSorted(byText)[0]!
  const all = placements.flatMap(({ owed }) => owed)
  const first = mostUrgent(all, kind)
  const texts = [...new Set(placements.map(({ placement }) => placement.version))]
  const order = versions.order(ecosystem)
  const from = order === null ? texts.toSorted(byText) : inOrder(texts, order)
  const rank = new Map(from.map((version, n) => [version, n]))
  return {
    do: kind,
    key,
    name,
    from,
    to,
    flaws: [...new Set(all.map(({ flaw }) => flaw))].toSorted(byText),
    assets: [...new Set(placements.flatMap(({ placement }) => placement.assets))].toSorted(byText),
    due: dueOf(first, kind),
    tier: first.tier,
    rank: first.rank,
    parts: placements
      .map(({ placement, owed }) => partOf(placement, owed, kind))
      .toSorted(
        (a, b) => byDue(a.due, b.due) || rank.get(a.version)! - rank.get(b.version)! || byText(a.assetClass, b.assetClass),
      ),
  }
}

function partOf({ version, assetClass, assets }: Placement, owed: readonly Owed[], kind: ActionKind): ActionPart {
  const first = mostUrgent(owed, kind)
  return { version, assetClass, assets: assets.toSorted(byText), due: dueOf(first, kind), tier: first.tier }
}

const dueOf = (owed: Owed, kind: ActionKind) => (kind === 'triage' ? owed.triageDue : owed.due)

function mostUrgent(owed: readonly Owed[], kind: ActionKind): Owed {
  return owed.reduce((first, next) =>
    (byDue(dueOf(first, kind), dueOf(next, kind)) || next.rank - first.rank || byText(first.tier, next.tier)) <= 0
      ? first
      : next,
  )
}

/** The order of the list. */
export function compareActions(a: Action, b: Action): number {
  return (
    byDue(a.due, b.due) ||
    b.rank - a.rank ||
    b.flaws.length - a.flaws.length ||
    b.assets.length - a.assets.length ||
    byText(a.key, b.key) ||
    byText(a.do, b.do) ||
    byText(a.to ?? '', b.to ?? '')
  )
}

// What has no date comes last.
function byDue(a: Instant | null, b: Instant | null): number {
  return a === b ? 0 : a === null ? 1 : b === null ? -1 : a - b
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
