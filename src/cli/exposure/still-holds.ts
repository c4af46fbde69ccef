import type { AdvisoryIndex } from '../../core/exposure/advisory-index.ts'
import { lookUp } from '../../core/exposure/look-up.ts'
import { actionKey, type OwedFlaw } from '../../core/exposure/owed-flaw.ts'
import { formatPurl, parsePurl } from '../../core/kernel/purl.ts'

type Holds = (key: string, flaw: string, version: string) => 'yes' | 'no' | 'unknown'

/** Whether a flaw still holds in another version of a component that was found, by asking the same records of it. */
export function stillHolds(index: AdvisoryIndex, owed: readonly OwedFlaw[]): Holds {
  const samples = new Map<string, OwedFlaw>()
  const names = new Map<string, ReadonlySet<string>>()
  for (const one of owed) {
    const key = actionKey(one)
    if (!samples.has(key)) samples.set(key, one)
    names.set(one.primary, new Set(one.records.map(({ record }) => record.id)))
  }
  const asked = new Map<string, ReadonlyMap<string, 'yes' | 'no' | 'unknown'> | null>()
  return (key, flaw, version) => {
    const name = `${key}@${version}`
    if (!asked.has(name)) asked.set(name, answersFor(index, samples.get(key), version))
    const answers = asked.get(name)
    if (answers === null || answers === undefined) return 'unknown'
    let said: 'no' | 'unknown' = 'no'
    for (const id of names.get(flaw) ?? []) {
      const answer = answers.get(id) ?? 'no'
      if (answer === 'yes') return 'yes'
      if (answer === 'unknown') said = 'unknown'
    }
    return said
  }
}

function answersFor(index: AdvisoryIndex, sample: OwedFlaw | undefined, version: string) {
  const parsed = sample?.component.purl ? parsePurl(sample.component.purl) : null
  if (sample === undefined || parsed === null || !parsed.ok) return null
  // A source package's version is not the binary's: only the record itself could say.
  if (parsed.purl.qualifiers['upstream'] !== undefined) return null
  const purl = formatPurl({ ...parsed.purl, version })
  const matches = lookUp(index, { ...sample.component, purl, version })
  return new Map(matches.map(({ record, match }) => [record.id, match.affected]))
}
