/**
 * What is wanted of a JSON value: `keep` hands its bytes on, a number does up to that many of them, `skip` passes over it, and an
 * `Into` enters an object or an array. A value that is neither object nor array is kept where an `Into` stands.
 */
export type Want = 'keep' | number | 'skip' | Into

export interface Into {
  /** By key of an object; keys that are not there are `other`. */
  readonly keys?: ReadonlyMap<string, Want>
  readonly other?: Want
  /** Elements of an array. */
  readonly each?: Want
}

/** An object of which these keys are wanted. */
export function into(keys: Readonly<Record<string, Want>>, other: Want = 'skip'): Into {
  return { keys: new Map(Object.entries(keys)), other }
}

export function each(want: Want): Into {
  return { each: want }
}
