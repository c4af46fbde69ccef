import type { ActAction, ActionOut } from '../../../contract/shapes/exposure.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { ActionKind } from '../../../core/exposure/obligation/action.ts'
import { decideItem } from '../../../core/exposure/obligation/item/decide-item.ts'
import { evolveItem } from '../../../core/exposure/obligation/item/evolve-item.ts'
import type { ObligationItem } from '../../../core/exposure/obligation/item/item.ts'
import type { ItemCommand } from '../../../core/exposure/obligation/item/item-command.ts'
import { assetStandings } from '../../../core/exposure/obligation/item/standing.ts'
import { formatInstant, type Instant, parseInstant } from '../../../core/kernel/instant.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { actOf, countDay, putAct } from '../../store/exposure-uptake.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { holdObligations, type ObligationRow, putObligations } from '../../store/obligation.ts'
import { type Answer, type Denied, denied, done, NOT_FOUND } from '../answer.ts'
import { assetsOf, type GroupedAction } from './action-group.ts'
import { readActions } from './action-list.ts'
import { actionOut } from './action-out.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { type KeptObligation, obligationRow, withNotes } from './obligation-body.ts'
import type { GoesBy } from './obligation-rule.ts'

/**
 * Says of an action what was done, or puts it off: of every obligation that it settles. All of them take it, or none does. `key`: the
 * same request that comes again under it changes nothing, and is answered with how things stand; another one is another act.
 */
export async function actAction(
  desk: ExposureDesk,
  who: Principal,
  id: string,
  act: ActAction,
  key: string | null,
): Promise<Answer<Presented<ActionOut>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const mac = keyedMac(desk.keys.secret('index'), 'exposure-act')
  const digest = key === null ? null : Buffer.from(mac(Buffer.from(JSON.stringify([organisation, key, id, act]))))
  return await inTransaction(desk.store, { organisation }, async (tx) => {
    await holdObligations(tx, organisation)
    const before = digest === null ? null : await actOf(tx, organisation, digest)
    if (before !== null) return await answerFor(desk, tx, who, organisation, before, { id, do: null })
    const { actions, shown } = await readActions(desk, tx, organisation)
    const found = actions.find((one) => one.id === id)
    if (found === undefined) return NOT_FOUND
    const rows = decided(desk, found, act, who, shown.rule)
    if ('ok' in rows) return rows
    await putObligations(tx, rows)
    await countDay(tx, organisation, formatInstant(shown.now).slice(0, 10))
    const { id: first } = (rows[0] ?? found.obligations[0]!.row) as ObligationRow
    if (digest !== null) await putAct(tx, organisation, digest, first, shown.now)
    return await answerFor(desk, tx, who, organisation, first, { id, do: found.action.do })
  })
}

/** The rows after an act, or why one of them does not take it. What an act says nothing new of is passed over. */
function decided(
  desk: ExposureDesk,
  { obligations, action, standing }: GroupedAction,
  act: ActAction,
  { person }: Principal,
  rule: GoesBy,
): ObligationRow[] | Denied {
  const now = desk.clock()
  const named = 'assets' in act && act.assets !== undefined && act.assets !== 'all' ? new Set(act.assets) : null
  const all = new Set(obligations.flatMap(assetsOf))
  const stranger = named === null ? undefined : [...named].find((asset) => !all.has(asset))
  if (stranger !== undefined) return denied('request.invalid', 'An asset is named that this action is not about.', '/assets')
  if (act.do === 'triage-step' && action.do !== 'triage')
    return denied('action.refused', 'This asks for no triage.', 'item.no-triage')
  const meant = act.do === 'not-affected' ? flawsMeant(obligations, act.flaws) : obligations
  if ('ok' in meant) return meant
  const rows: ObligationRow[] = []
  for (const one of meant) {
    const commands = commandsFor(one, { act, named, standing, now })
    if ('ok' in commands) return commands
    let { item } = one as { item: ObligationItem }
    let { notes } = one
    for (const command of commands) {
      const directive = rule.find(item.dating.directive) ?? rule.directive
      const decision = decideItem(item, command, { by: person, now, directive, find: rule.find })
      if (!decision.ok) return denied('action.refused', decision.say, decision.code)
      item = decision.events.reduce<ObligationItem>(evolveItem, item)
      notes = withNotes(notes, decision.events)
    }
    if (item === one.item) continue
    const { row, key, ...body } = one
    rows.push(
      obligationRow(
        desk,
        { ...row, version: row.version + 1 },
        key,
        { ...body, item, notes, overruled: overruledAfter(one, item) },
        now,
      ),
    )
  }
  return rows.length > 0 ? rows : denied('action.refused', 'This says nothing new.')
}

/** The obligations of the flaws that a statement by hand is about: it is about one flaw, so of several they are named. */
function flawsMeant(
  obligations: readonly KeptObligation[],
  flaws: readonly string[] | undefined,
): readonly KeptObligation[] | Denied {
  const there = new Set(obligations.map(({ flaw }) => flaw))
  if (flaws === undefined)
    return there.size === 1 ? obligations : denied('request.invalid', 'Name the flaws: this action settles several.', '/flaws')
  if (flaws.some((flaw) => !there.has(flaw)))
    return denied('request.invalid', 'A flaw is named that this action does not settle.', '/flaws')
  const named = new Set(flaws)
  return obligations.filter(({ flaw }) => named.has(flaw))
}

/** What was opened again although a statement that is believed ends it: none does there from now on. */
function overruledAfter(before: KeptObligation, after: ObligationItem): readonly string[] {
  const held = ({ parts }: ObligationItem) =>
    parts.flatMap(({ claim, assets }) => (claim !== undefined && claim.source !== 'operator' ? assets : []))
  const still = new Set(after.parts.flatMap(({ assets }) => assets))
  return [...new Set([...(before.overruled ?? []), ...held(before.item).filter((asset) => !still.has(asset))])]
}

interface Asked {
  readonly act: ActAction
  readonly named: ReadonlySet<string> | null
  readonly standing: GroupedAction['standing']
  readonly now: Instant
}

function commandsFor(one: KeptObligation, { act, named, standing, now }: Asked): ItemCommand[] | Denied {
  const assets = named === null ? [] : assetsOf(one).filter((asset) => named.has(asset))
  switch (act.do) {
    case 'remediate':
    case 'mitigate': {
      const evidence = act.evidence.trim() === '' ? 'Done, as the operator says.' : act.evidence
      return assets.length === 0 ? [] : [{ do: act.do, assets, evidence }]
    }
    case 'defer': {
      const until = parseInstant(act.until)
      return until === null
        ? denied('request.invalid', 'The end is no instant.', '/until')
        : [{ do: 'defer', reason: act.reason, until }]
    }
    case 'not-affected': {
      const { justification, says: detail } = act
      const stated = { status: 'not-affected', document: null, justification, detail, at: now } as const
      const claim = { author: '', source: 'operator', ...stated } as const
      // All: wherever it is open. What was done elsewhere stays said as it was.
      const of = assetStandings(one.item, now)
      const isOpen = (asset: string) => of(asset) === 'open' || of(asset) === 'deferred'
      const on = one.assets.filter((asset) => (named === null ? isOpen(asset) : named.has(asset)))
      return on.length === 0 ? [] : [{ do: 'state-not-affected', assets: on, claim }]
    }
    case 'reopen': {
      const reason = act.reason.trim() === '' ? 'Opened again by the operator.' : act.reason
      const isHeld = standing === 'not-affected'
      if (one.item.state === 'deferred' && named === null && !isHeld) return [{ do: 'end-deferral' }]
      // What no inventory lists any more cannot be open on any asset.
      const of = assetStandings(one.item, now)
      const done = new Set(one.item.parts.flatMap((part) => part.assets))
      const isMeant = (asset: string) => (of(asset) === 'not-affected') === isHeld && (named === null || named.has(asset))
      const back = one.assets.filter((asset) => done.has(asset) && isMeant(asset))
      return back.length === 0 ? [] : [{ do: 'reopen', assets: back, reason }]
    }
    case 'triage-step':
      return [{ do: 'triage-step', step: act.step, found: act.found }]
  }
}

/** The action that an obligation belongs to now, presented; of several, the one that was acted on, or does the same. */
async function answerFor(
  desk: ExposureDesk,
  tx: Tx,
  who: Principal,
  organisation: string,
  obligation: string,
  acted: { readonly id: string; readonly do: ActionKind | null },
): Promise<Answer<Presented<ActionOut>>> {
  const { actions, shown } = await readActions(desk, tx, organisation)
  const of = actions.filter(({ obligations }) => obligations.some(({ row }) => row.id === obligation))
  const found = of.find(({ id }) => id === acted.id) ?? of.find(({ action }) => action.do === acted.do) ?? of.at(-1)
  if (found === undefined) return NOT_FOUND
  const asks = { action: 'decide', noun: 'obligation' } as const
  const out = presentExposure(who, organisation, asks, actionOut(found, shown))
  return out === null ? NOT_FOUND : done(out)
}
