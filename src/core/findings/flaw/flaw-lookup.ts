import { type Refused, refuse } from '../../kernel/decision.ts'
import type { Flaw, FlawId } from './flaw.ts'
import { FLAW_REFUSALS, type FlawRefusal } from './flaw-refusal.ts'

/** The flaws a command names, loaded and locked by the caller in its own transaction. */
export type Flaws = ReadonlyMap<FlawId, Flaw>

export function no(code: FlawRefusal): Refused<FlawRefusal> {
  return refuse(code, FLAW_REFUSALS[code])
}

/** The flaw if it is there and takes changes, else the refusal. */
export function openFlaw(flaws: Flaws, id: FlawId): Flaw | Refused<FlawRefusal> {
  const flaw = flaws.get(id)
  if (flaw === undefined) return no('flaw.unknown')
  return flaw.stage === 'open' ? flaw : no('flaw.not-open')
}

export function isRefused(found: Flaw | Refused<FlawRefusal>): found is Refused<FlawRefusal> {
  return 'code' in found
}
