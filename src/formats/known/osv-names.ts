import { foldedId, isCve } from '../../core/exposure/aliases/flaw-names.ts'
import { familyOf } from '../../core/exposure/package-key.ts'
import { type JsonObject, objectIn, objectsIn, textIn, textsIn } from '../json/loose.ts'

const DISTRIBUTION = /^(?:deb|apk|rpm)\//

/**
 * Other names of what an OSV record is about. A distribution's record names the flaws that it passes on in `upstream` (OSV schema
 * 1.7), and in `related` where it is older; without them nobody would see that what it mends is exploited. Several are kept apart
 * by `joinAliases`. Never throws.
 */
export function osvNames(value: JsonObject, id: string): string[] {
  const names = new Set(textsIn(value, 'aliases'))
  const upstream = textsIn(value, 'upstream')
  for (const name of upstream) if (upstream.length === 1 || isCve(foldedId(name))) names.add(name)
  const related = textsIn(value, 'related').filter((name) => isCve(foldedId(name)))
  if (related.length > 0 && ![id, ...names].some((name) => isCve(foldedId(name))) && isOfDistribution(value)) {
    for (const name of related) names.add(name)
  }
  names.delete(id)
  return [...names]
}

function isOfDistribution(value: JsonObject): boolean {
  return objectsIn(value, 'affected').some((entry) =>
    DISTRIBUTION.test(`${familyOf(textIn(objectIn(entry, 'package'), 'ecosystem') ?? '')}/`),
  )
}
