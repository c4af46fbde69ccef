import type { Method, Weighting } from '../result.ts'

/** How a horizon is fitted: the ridge penalty on the slope and the weights of the runs. */
export interface Profile {
  readonly name: Method['profile']
  readonly lambda: number
  readonly weights: Weighting
}

/** METR's time horizon 1.1 (2026): a penalty so small that it only keeps separated data finite. The default. */
export const METR_1_1: Profile = { name: 'metr-1.1', lambda: 1e-5, weights: 'inverse-root' }
/** METR's time horizon 1.0 (2025). */
export const METR_1_0: Profile = { name: 'metr-1.0', lambda: 0.1, weights: 'inverse-root' }

/** A profile of another penalty, kept within [1e-9, 1e3] so that a fit exists; named `custom` unless it equals a known one. */
export function profileOf(lambda: number, weights: Weighting): Profile {
  const known = [METR_1_1, METR_1_0].find((profile) => profile.lambda === lambda)
  if (known) return { ...known, weights }
  const within = lambda > 1e-9 ? Math.min(lambda, 1e3) : 1e-9
  return { name: 'custom', lambda: within, weights }
}
