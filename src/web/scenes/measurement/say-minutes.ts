/** `40 s`, `12 min`, `3.5 h`: a length of human work, to two figures. */
export function sayMinutes(minutes: number): string {
  if (minutes < 1) return `${figures(minutes * 60)} s`
  if (minutes < 100) return `${figures(minutes)} min`
  return minutes < 60_000 ? `${figures(minutes / 60)} h` : `${figures(minutes / 60 / 24)} d`
}

const figures = (n: number): string => (n >= 10 ? Math.round(n).toLocaleString('en-GB') : String(Number(n.toPrecision(2))))
