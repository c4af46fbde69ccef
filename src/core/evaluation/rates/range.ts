/** A 95 % interval of a share; both ends are in [0, 1] unless it is of a difference. */
export interface Range {
  readonly low: number
  readonly high: number
}
