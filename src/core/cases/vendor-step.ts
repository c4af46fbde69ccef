import { stepBy, type Transition } from './machine.ts'

/** How far one vendor is with one flaw: v aware, f fix ready, d deployed; upper case has happened. */
export const VENDOR_STEPS = ['vfd', 'Vfd', 'VFd', 'VFD'] as const
export type VendorStep = (typeof VENDOR_STEPS)[number]
export const VENDOR_MOVES = ['aware', 'fix-ready', 'deployed'] as const
export type VendorMove = (typeof VENDOR_MOVES)[number]

/** Every legal step: no fix before awareness, nothing deployed before a fix, nothing taken back. */
export const VENDOR_TABLE: readonly Transition<VendorStep, VendorMove>[] = [
  { from: 'vfd', move: 'aware', to: 'Vfd' },
  { from: 'Vfd', move: 'fix-ready', to: 'VFd' },
  { from: 'VFd', move: 'deployed', to: 'VFD' },
]

/** The step after that move, or null where the table has none. */
export function stepVendor(from: VendorStep, move: VendorMove): VendorStep | null {
  return stepBy(VENDOR_TABLE, from, move)
}

/** Whether a fix is ready. */
export function isFixReady(step: VendorStep): boolean {
  return step === 'VFd' || step === 'VFD'
}
