import type { Docket } from '../../../core/docket/docket.ts'

/**
 * What stays of a docket once it is purged: ids, instants, states and who signed. No text and no digest of one, so that not even
 * a guess at what stood there can be tried.
 */
export function bareDocket(docket: Docket): Docket {
  return {
    ...docket,
    terms: docket.terms.map((terms) => ({ ...terms, digest: '' })),
    endpoint: docket.endpoint === null ? null : { ...docket.endpoint, baseline: null, builds: [] },
    plans: [],
    computed: null,
    determination: docket.determination === null ? null : { ...docket.determination, reasonDigest: null },
    partners: [],
    toIntake: docket.toIntake.map((one) => ({ ...one, item: one.report ?? '' })),
    remeasured: [],
  }
}
