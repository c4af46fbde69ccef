import type { Holder, Known } from './holder.ts'

/** Under a key held by more flaws than this nothing is looked for: it is too common to tell anything. */
export const COMMON_KEY = 32

/** The holders under each digest: what the store knew, then what the batch added; one holder a flaw, bounded per digest. */
export class KeyIndex {
  readonly #known: Known
  readonly #seen = new Map<string, Holder[]>()

  constructor(known: Known) {
    this.#known = known
  }

  /** One holder of each flaw under the digest, in order of arrival, at most `COMMON_KEY` + 1. */
  under(digest: string): readonly Holder[] {
    return this.#of(digest)
  }

  isCommon(digest: string): boolean {
    return this.#of(digest).length > COMMON_KEY
  }

  add(digest: string, holder: Holder): void {
    const holders = this.#of(digest)
    if (holders.length <= COMMON_KEY && !holders.some(({ flaw }) => flaw === holder.flaw)) holders.push(holder)
  }

  #of(digest: string): Holder[] {
    let holders = this.#seen.get(digest)
    if (holders === undefined) {
      holders = firstOfEachFlaw(this.#known.get(digest) ?? [])
      this.#seen.set(digest, holders)
    }
    return holders
  }
}

function firstOfEachFlaw(holders: readonly Holder[]): Holder[] {
  const first = new Map<string, Holder>()
  for (const holder of holders) {
    if (!first.has(holder.flaw)) first.set(holder.flaw, holder)
    if (first.size > COMMON_KEY) break
  }
  return [...first.values()]
}
