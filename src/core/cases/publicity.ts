import { stepBy, type Transition } from './machine.ts'

/** What has happened to one flaw in the open: p public, x exploit public, a attacks seen; upper case has happened. */
export const PUBLICITIES = ['pxa', 'pxA', 'pXa', 'pXA', 'Pxa', 'PxA', 'PXa', 'PXA'] as const
export type Publicity = (typeof PUBLICITIES)[number]
export const PUBLICITY_MOVES = ['public', 'exploit', 'attacks'] as const
export type PublicityMove = (typeof PUBLICITY_MOVES)[number]

/** Every legal step. An exploit in the open forces `public` next; attacks force nothing and make nothing public. */
export const PUBLICITY_TABLE: readonly Transition<Publicity, PublicityMove>[] = [
  { from: 'pxa', move: 'public', to: 'Pxa' },
  { from: 'pxa', move: 'exploit', to: 'pXa' },
  { from: 'pxa', move: 'attacks', to: 'pxA' },
  { from: 'pxA', move: 'public', to: 'PxA' },
  { from: 'pxA', move: 'exploit', to: 'pXA' },
  { from: 'pXa', move: 'public', to: 'PXa' },
  { from: 'pXA', move: 'public', to: 'PXA' },
  { from: 'Pxa', move: 'exploit', to: 'PXa' },
  { from: 'Pxa', move: 'attacks', to: 'PxA' },
  { from: 'PxA', move: 'exploit', to: 'PXA' },
  { from: 'PXa', move: 'attacks', to: 'PXA' },
]

/** The state after that move, or null where the table has none. */
export function stepPublicity(from: Publicity, move: PublicityMove): Publicity | null {
  return stepBy(PUBLICITY_TABLE, from, move)
}
