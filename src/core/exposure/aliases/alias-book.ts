import { foldedId } from './flaw-names.ts'
import { type FlawGroup, joinAliases, type KeptApart, type NamedRecord } from './join-aliases.ts'

/**
 * The groups of all records, changed in place: equal to joining all anew. A change costs what the names cost that it leads to, over
 * any number of aliases.
 */
export class AliasBook<R extends NamedRecord> {
  /** Records by each of their names: most names have one, which then stands there itself. */
  private readonly byName = new Map<string, R | Set<R>>()
  private readonly groups = new Map<string, FlawGroup>()
  private readonly apart = new Map<string, readonly KeptApart[]>()
  private primaries = 0

  /** Flaws, however many names each has. */
  get flaws(): number {
    return this.primaries
  }

  /** The group of an id as written in a record; undefined for an id nobody named. */
  groupOf(id: string): FlawGroup | undefined {
    return this.groups.get(foldedId(id))
  }

  /** What a record would join to this id, and that was kept apart. */
  keptApart(id: string): readonly KeptApart[] {
    return this.apart.get(foldedId(id)) ?? []
  }

  /** Takes records out and puts others in; the folded names whose group is another one now. */
  change(former: readonly R[], now: readonly R[]): Set<string> {
    for (const record of former) for (const name of namesOf(record)) this.drop(name, record)
    for (const record of now) for (const name of namesOf(record)) this.add(name, record)
    const { names, records } = this.near([...former, ...now])
    const joined = joinAliases(records)
    const apart = new Map<string, KeptApart[]>()
    for (const one of joined.keptApart) {
      for (const id of one.ids) {
        const held = apart.get(id)
        if (held === undefined) apart.set(id, [one])
        else held.push(one)
      }
    }
    const regrouped = new Set<string>()
    for (const name of names) {
      const before = this.groups.get(name)
      const after = joined.groupOf(name)
      if (!isSame(before, after)) regrouped.add(name)
      this.primaries += Number(after?.primary === name) - Number(before?.primary === name)
      if (after === undefined) this.groups.delete(name)
      else this.groups.set(name, after)
      const kept = apart.get(name)
      if (kept === undefined) this.apart.delete(name)
      else this.apart.set(name, kept)
    }
    return regrouped
  }

  private near(from: readonly R[]): { readonly names: Set<string>; readonly records: Set<R> } {
    const names = new Set<string>()
    const records = new Set<R>()
    const open = from.flatMap(namesOf)
    while (open.length > 0) {
      const name = open.pop()!
      if (names.has(name)) continue
      names.add(name)
      for (const record of this.named(name)) {
        if (records.has(record)) continue
        records.add(record)
        for (const other of namesOf(record)) if (!names.has(other)) open.push(other)
      }
    }
    return { names, records }
  }

  private named(name: string): Iterable<R> {
    const held = this.byName.get(name)
    return held === undefined ? [] : held instanceof Set ? held : [held]
  }

  private add(name: string, record: R): void {
    const held = this.byName.get(name)
    if (held === undefined) this.byName.set(name, record)
    else if (held instanceof Set) held.add(record)
    else if (held !== record) this.byName.set(name, new Set([held, record]))
  }

  private drop(name: string, record: R): void {
    const held = this.byName.get(name)
    if (held === record) this.byName.delete(name)
    else if (held instanceof Set && held.delete(record) && held.size === 0) this.byName.delete(name)
  }
}

function namesOf({ id, aliases }: NamedRecord): string[] {
  return [foldedId(id), ...aliases.map(foldedId).filter((alias) => alias !== '')]
}

function isSame(a: FlawGroup | undefined, b: FlawGroup | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  const same = (x: readonly string[], y: readonly string[]) => x.length === y.length && x.every((id, n) => id === y[n])
  return a.primary === b.primary && same(a.ids, b.ids) && same(a.covers, b.covers)
}
