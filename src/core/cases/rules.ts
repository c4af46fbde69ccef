import { type EmbargoState, isBinding } from './embargo-state.ts'
import { type Publicity, type PublicityMove, stepPublicity } from './publicity.ts'
import { isPrioritised, type ReportState } from './report-state.ts'
import { isFixReady, stepVendor, type VendorMove, type VendorStep } from './vendor-step.ts'

// The rules across the machines, and nowhere else. Within one machine its own table rules.

/** The six things that happen to a flaw at one vendor: V F D P X A. */
export type FlawMove = VendorMove | PublicityMove

/** One vendor and one flaw: 4 × 8 states. */
export interface FlawState {
  readonly vendor: VendorStep
  readonly publicity: Publicity
}

/** What must happen next: a vendor knows what everybody knows; an exploit in the open makes its flaw public. */
export function forcedNext({ vendor, publicity }: FlawState): 'aware' | 'public' | null {
  if (vendor === 'vfd' && publicity.includes('P')) return 'aware'
  return publicity.includes('X') && !publicity.includes('P') ? 'public' : null
}

/** The state after that move; null where it is not legal, or something else is forced first. */
export function stepFlaw(state: FlawState, move: FlawMove): FlawState | null {
  const forced = forcedNext(state)
  if (forced !== null && forced !== move) return null
  if (move === 'aware' || move === 'fix-ready' || move === 'deployed') {
    const vendor = stepVendor(state.vendor, move)
    return vendor === null ? null : { ...state, vendor }
  }
  const publicity = stepPublicity(state.publicity, move)
  return publicity === null ? null : { ...state, publicity }
}

/** A fix is announced by those who have prioritised the report, and by nobody else. */
export function mayHaveFix(report: ReportState): boolean {
  return isPrioritised(report)
}

/** An embargo begins, and is proposed or accepted, only while nothing of any flaw is public and no attacks are seen. */
export function mayBeginEmbargo(publicities: readonly Publicity[]): boolean {
  return publicities.every((publicity) => publicity === 'pxa')
}

/** What publicity or attacks do to an embargo: a proposal falls, terms that bind end, at once. */
export function publicityEnds(state: EmbargoState): 'reject' | 'terminate' | null {
  if (state === 'proposed') return 'reject'
  return isBinding(state) ? 'terminate' : null
}

/** Nobody closes a report while an embargo binds. */
export function mayCloseReport(embargo: EmbargoState): boolean {
  return !isBinding(embargo)
}

/** Whoever passes a report on has accepted it. */
export function mayPassOn(report: ReportState): boolean {
  return report === 'accepted'
}

/** All machines as one participant stands in them. Null vendor: finder, coordinator, observer. */
export interface Standing {
  readonly report: ReportState
  readonly embargo: EmbargoState
  readonly vendor: VendorStep | null
  readonly publicity: Publicity
}

/** The rules that a standing breaks, in words; none in any that can be reached. */
export function brokenRules({ report, embargo, vendor, publicity }: Standing): readonly string[] {
  const broken: string[] = []
  if (vendor !== null && isFixReady(vendor) && !mayHaveFix(report)) broken.push('a fix without a prioritised report')
  if (publicity !== 'pxa' && (isBinding(embargo) || embargo === 'proposed')) broken.push('an embargo on what is public')
  if (publicity.includes('X') && !publicity.includes('P')) broken.push('an exploit in the open of a flaw that is not')
  if (vendor === 'vfd' && publicity.includes('P')) broken.push('a vendor who does not know what everybody knows')
  if (vendor === 'vfd' && report !== 'start') broken.push('a vendor who received a report and does not know')
  return broken
}
