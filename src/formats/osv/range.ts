import { type JsonObject, objectsIn, textIn, textsIn } from '../json/loose.ts'

const BOUNDS = [
  ['introduced', '>='],
  ['fixed', '<'],
  ['last_affected', '<='],
] as const

/** The affected versions of an OSV package as one line a person can read, `>=1.0 <1.6.0 || >=2.0`; null where none are stated. */
export function rangeText(affected: JsonObject): string | null {
  const ranges = objectsIn(affected, 'ranges').flatMap((range) => {
    const groups: string[][] = []
    for (const event of objectsIn(range, 'events')) {
      for (const [name, sign] of BOUNDS) {
        const version = textIn(event, name)
        if (version === null) continue
        if (name === 'introduced' || groups.length === 0) groups.push([])
        groups.at(-1)!.push(sign + version)
      }
    }
    return groups.map((group) => group.join(' '))
  })
  const stated = ranges.length > 0 ? ranges.slice(0, 50).join(' || ') : textsIn(affected, 'versions').slice(0, 50).join(', ')
  return stated === '' ? null : stated
}
