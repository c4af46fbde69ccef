import { termsInForce } from './decide-terms.ts'
import type { Docket } from './docket.ts'

interface NextStep {
  readonly whose: 'developer' | 'office' | 'both' | 'nobody'
  /** One sentence. */
  readonly say: string
}

/** Whose move it is and what comes next, as the lists and the page of a docket say it. Nothing here waits for a release. */
export function nextStep(docket: Docket): NextStep {
  const { state, kind } = docket
  switch (state) {
    case 'inquiry':
      return step('office', 'The office answers whether the model is covered; either side may offer terms.')
    case 'terms':
      return kind === 'notice' ? step('nobody', 'The notice stands until either side ends it.') : beforeAccess(docket)
    case 'access-ready':
      return opensBy(docket)
    case 'window-open':
      return step('office', 'The access window is open; it ends by itself.')
    case 'analysis':
      return step('office', 'The window is over; the office works on what was recorded and notes its determination.')
    case 'recorded':
      return step('both', 'The determination is recorded; partners can be proposed, or the docket ended.')
    case 'partner-selection':
      return step('both', 'Proposed partners are selected once both sides sign.')
    case 'partner-access':
      return step('developer', 'Selected partners use their grants; the developer can end each at once.')
    case 'closing':
      return afterPurge(docket)
    case 'closed':
      return step('nobody', 'The docket is closed.')
  }
}

function step(whose: NextStep['whose'], say: string): NextStep {
  return { whose, say }
}

function beforeAccess(docket: Docket): NextStep {
  const { terms, endpoint, planned } = docket
  const newest = terms.at(-1)
  if (newest === undefined) return step('both', 'Either side offers terms.')
  const { developer, office } = newest.signed
  if (developer === null || office === null) {
    const whose = developer === null && office === null ? 'both' : developer === null ? 'developer' : 'office'
    return step(whose, 'The newest terms need the signature of both sides.')
  }
  if (endpoint === null) return step('developer', 'The developer registers the endpoint; its key goes to the custodian alone.')
  if (endpoint.baseline === null) return step('office', 'The endpoint is probed for its fingerprint.')
  if (!endpoint.dryRun) return step('office', 'A dry run shows that calls go through.')
  return planned === null
    ? step('developer', 'The developer says when it plans to release to other trusted partners.')
    : step('nobody', 'Everything for access is there.')
}

function opensBy(docket: Docket): NextStep {
  if (termsInForce(docket)?.facts.opensBy === 'first-call') return step('office', 'The window opens with the first call.')
  return docket.window?.agreedAt === undefined || docket.window.agreedAt === null
    ? step('both', 'Both sides agree on the instant at which the window opens.')
    : step('nobody', 'The window opens at the agreed instant.')
}

function afterPurge({ closing }: Docket): NextStep {
  if (closing === null || closing.receiptDigest === null) return step('nobody', 'What the docket has is being purged.')
  const { developer, office } = closing.signed
  const whose = developer === null && office === null ? 'both' : developer === null ? 'developer' : 'office'
  return step(whose, 'The receipt of the purge is there to be signed; after some days the docket closes without.')
}
