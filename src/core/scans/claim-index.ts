import { overlapInPlace, type ScanKnowledge } from './overlap.ts'
import type { ScanTarget } from './scan-target.ts'

interface Place {
  readonly claims: Map<string, ScanTarget>
  readonly below: Map<string, Place>
}

/** The place under that name, made where there is none. */
function placeIn(places: Map<string, Place>, name: string): Place {
  const known = places.get(name)
  if (known !== undefined) return known
  const place: Place = { claims: new Map(), below: new Map() }
  places.set(name, place)
  return place
}

/**
 * All active claims by name and path, so that a new one meets only those whose place holds its own or lies in it. Claims are kept by
 * their id; finding costs what lies in those places, not how many claims there are.
 */
export class ClaimIndex {
  readonly #names = new Map<string, Place>()
  readonly #targets = new Map<string, ScanTarget>()

  get size(): number {
    return this.#targets.size
  }

  /** Puts a claim in; one of the same id before is replaced. */
  add(id: string, target: ScanTarget): void {
    this.remove(id)
    this.#targets.set(id, target)
    let at = placeIn(this.#names, target.name)
    for (const part of target.path) at = placeIn(at.below, part)
    at.claims.set(id, target)
  }

  /** Takes a claim out, and the places that held nothing else; no harm where there is none. */
  remove(id: string): void {
    const target = this.#targets.get(id)
    const top = target === undefined ? undefined : this.#names.get(target.name)
    if (target === undefined || top === undefined) return
    this.#targets.delete(id)
    const way: Place[] = [top]
    for (const part of target.path) way.push(way.at(-1)!.below.get(part)!)
    way.at(-1)!.claims.delete(id)
    for (let n = target.path.length; n > 0 && isEmpty(way[n]!); n--) way[n - 1]!.below.delete(target.path[n - 1]!)
    if (isEmpty(top)) this.#names.delete(target.name)
  }

  /** The ids of all claims that overlap this target, each once, in no order. */
  overlapping(target: ScanTarget, known: ScanKnowledge): readonly string[] {
    const found: string[] = []
    const look = ({ claims }: Place) => {
      for (const [id, other] of claims) if (overlapInPlace(target, other, known) !== null) found.push(id)
    }
    for (const name of known.namesOf(target.name)) {
      let at = this.#names.get(name)
      for (const part of target.path) {
        if (at === undefined) break
        look(at)
        at = at.below.get(part)
      }
      const open = at === undefined ? [] : [at]
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        look(next)
        for (const below of next.below.values()) open.push(below)
      }
    }
    return found
  }
}

function isEmpty({ claims, below }: Place): boolean {
  return claims.size === 0 && below.size === 0
}
