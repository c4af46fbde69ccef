import type { Id } from '../../kernel/id.ts'
import type { Holder, Known } from './holder.ts'

/** Under a key held by more flaws than this nothing is looked for: it is too common to tell anything. */
export const COMMON_KEY = 32

/** A flaw under a digest: its first holder there, and who else holds it there. */
export interface Held extends Holder {
  readonly finders: ReadonlySet<Id<'organisation'>>
}

interface Entry extends Holder {
  readonly finders: Set<Id<'organisation'>>
}

/** What is held under each digest: what the store knew, then what the batch added; a bounded number of flaws per digest. */
export class KeyIndex {
  readonly #known: Known
  readonly #seen = new Map<string, Map<string, Entry>>()

  constructor(known: Known) {
    this.#known = known
  }

  /** The flaws under the digest in order of arrival, at most `COMMON_KEY` + 1. */
  under(digest: string): readonly Held[] {
    return [...this.#of(digest).values()]
  }

  isCommon(digest: string): boolean {
    return this.#of(digest).size > COMMON_KEY
  }

  add(digest: string, holder: Holder): void {
    hold(this.#of(digest), holder)
  }

  #of(digest: string): Map<string, Entry> {
    let held = this.#seen.get(digest)
    if (held === undefined) {
      held = new Map()
      for (const holder of this.#known.get(digest) ?? []) hold(held, holder)
      this.#seen.set(digest, held)
    }
    return held
  }
}

function hold(held: Map<string, Entry>, holder: Holder): void {
  const entry = held.get(holder.flaw)
  if (entry !== undefined) entry.finders.add(holder.finder)
  else if (held.size <= COMMON_KEY) held.set(holder.flaw, { ...holder, finders: new Set([holder.finder]) })
}
