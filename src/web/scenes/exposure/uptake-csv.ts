import type { UptakeOut } from '../../../contract/shapes/exposure.ts'

type Point = UptakeOut['points'][number]

/** The patched fraction at a point; null where nothing was owed. */
export function fraction({ open, settled }: Pick<Point, 'open' | 'settled'>): number | null {
  return open + settled === 0 ? null : settled / (open + settled)
}

/** The patched fraction over time as CSV (RFC 4180); empty where nothing was owed. */
export function uptakeCsv({ points }: UptakeOut): string {
  const rows = points.map((one) => [one.at, one.settled, one.open, fraction(one)?.toFixed(4) ?? ''].join(','))
  return ['at,settled,open,patched_fraction', ...rows].join('\r\n')
}
