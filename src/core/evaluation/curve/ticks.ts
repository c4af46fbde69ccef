/** Marks that people read at a glance, minutes. */
const MARKS: readonly (readonly [minutes: number, label: string])[] = [
  [1 / 60, '1 s'],
  [1 / 12, '5 s'],
  [0.25, '15 s'],
  [1, '1 min'],
  [4, '4 min'],
  [15, '15 min'],
  [60, '1 h'],
  [240, '4 h'],
  [960, '16 h'],
  [2880, '48 h'],
  [10_080, '1 week'],
  [43_200, '30 d'],
  [525_600, '1 year'],
]

/** Ticks of a log axis of minutes: known marks within it, or its two ends where fewer than two lie there. */
export function logTicks(from: number, to: number): readonly { readonly minutes: number; readonly label: string }[] {
  const within = MARKS.filter(([minutes]) => minutes >= from && minutes <= to)
  if (within.length >= 2) return within.map(([minutes, label]) => ({ minutes, label }))
  return [from, to].map((minutes) => ({ minutes, label: `${Number(minutes.toPrecision(2))} min` }))
}
