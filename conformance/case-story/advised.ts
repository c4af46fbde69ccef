import type { AdvisoryView } from '../../src/contract/shapes/advisory.ts'

/** The content of a draft with all that every format needs, under a title that tells it from everything else. */
export function advisedContent({ content }: AdvisoryView): object {
  const given = content as { flaws: object[] }
  const range = { scheme: 'semver', repository: null, introduced: null, fixed: '4.0.0', lastAffected: null }
  const product = { purl: 'pkg:npm/quarry', vendor: null, product: null, versions: [], justification: null }
  const affected = [{ ...product, ranges: [range], status: 'affected', statement: null }]
  const flaws = given.flaws.map((flaw) => ({ ...flaw, title: 'zq-advised', description: 'Three overflows.', affected }))
  return { ...given, title: 'zq-advised', summary: 'Three overflows.', flaws }
}
