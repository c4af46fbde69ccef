/** Longer marks are cut: no maker writes such numbers, and patterns are held against them. */
const LONGEST = 120

/** A mark (`model:6ES7 512-1DK01`, `sha256:AB…`) in the spelling marks are compared in: lower case, no white space. */
export function foldedMark(mark: string): string {
  return mark.slice(0, LONGEST).toLowerCase().replace(/\s+/g, '')
}

/** Whether a product tree's mark stands for several: CSAF lets model and serial numbers hold `*` and `?`. */
export function isPattern(mark: string): boolean {
  return mark.includes('*') || mark.includes('?')
}

/** Where patterns of one kind of mark are kept in an index. */
export function patternKey(mark: string): string {
  return `${mark.slice(0, mark.indexOf(':') + 1)}*`
}
