import { foldedId } from './flaw-names.ts'
import type { NamedRecord } from './join-aliases.ts'

/**
 * The records that names lead to from those given, over any number of aliases: joining these alone gives the given ones the same
 * groups as joining all. Costs one pass over all names, which is far less than joining them.
 */
export function nearRecords<R extends NamedRecord>(records: Iterable<R>, from: Iterable<NamedRecord>): R[] {
  const byName = new Map<string, R[]>()
  for (const record of records) {
    for (const name of namesOf(record)) {
      const held = byName.get(name)
      if (held === undefined) byName.set(name, [record])
      else held.push(record)
    }
  }
  const near = new Set<R>()
  const asked = new Set<string>()
  const open = [...from].flatMap(namesOf)
  while (open.length > 0) {
    const name = open.pop()!
    if (asked.has(name)) continue
    asked.add(name)
    for (const record of byName.get(name) ?? []) {
      if (near.has(record)) continue
      near.add(record)
      for (const other of namesOf(record)) if (!asked.has(other)) open.push(other)
    }
  }
  return [...near]
}

function namesOf({ id, aliases }: NamedRecord): string[] {
  return [foldedId(id), ...aliases.map(foldedId)]
}
