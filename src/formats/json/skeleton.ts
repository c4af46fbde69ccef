import { Gathered } from './gathered.ts'

/** What stands around the items of a document: the document with those arrays emptied. */
export interface Skeleton {
  /** JSON; closed by us where the document broke off. Null where it exceeded `frameBytes`. */
  readonly bytes: Uint8Array | null
  /** Whether the document came to its end without a fault. */
  readonly whole: boolean
}

/** Gathers the frame's bytes and remembers where they can be cut so that closing brackets make them whole. */
export class SkeletonBuilder {
  private readonly gathered: Gathered
  private good = 0
  constructor(frameBytes: number) {
    this.gathered = new Gathered(frameBytes)
  }

  add(chunk: Uint8Array, from: number, to: number): void {
    this.gathered.add(chunk, from, to)
  }

  /** Says that everything up to `pending` bytes beyond what was added ends right after a value or an opening bracket. */
  mark(pending: number): void {
    this.good = this.gathered.length + pending
  }

  /** `closers` are the brackets still open at the last mark, innermost first. */
  take(closers: string, whole: boolean): Skeleton {
    if (this.gathered.exceeded) return { bytes: null, whole }
    const bytes = this.gathered.take()
    if (whole) return { bytes, whole }
    const kept = new Uint8Array(this.good + closers.length)
    kept.set(bytes.subarray(0, this.good))
    for (let k = 0; k < closers.length; k++) kept[this.good + k] = closers.charCodeAt(k)
    return { bytes: kept, whole }
  }
}
