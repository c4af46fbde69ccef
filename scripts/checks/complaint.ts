/** One thing a check found wrong: where (a path, with a line where there is one) and what to do about it. */
export interface Complaint {
  readonly at: string
  readonly says: string
}

/** A check reads the tree under `root` and answers what is wrong; nothing when all is well. */
export type Check = (root: string) => readonly Complaint[]
