import type { Docket, EndpointKept } from './docket.ts'
import type { EventOf } from './docket-event.ts'
import { signedBy } from './turn.ts'

type TermsEvent = EventOf<
  | 'inquiry-answered'
  | 'terms-offered'
  | 'terms-signed'
  | 'release-planned'
  | 'access-readied'
  | 'endpoint-registered'
  | 'baseline-taken'
  | 'build-changed'
  | 'dry-run-passed'
>

/** What terms, the planned release and the endpoint become. */
export function afterTerms(docket: Docket, event: TermsEvent): Partial<Docket> {
  switch (event.type) {
    case 'inquiry-answered':
      return { answered: event.answer }
    case 'terms-offered':
      return { state: 'terms', terms: [...docket.terms, event.terms] }
    case 'terms-signed': {
      const { version, party, person, at } = event
      const sign = (one: Docket['terms'][number]) =>
        one.version === version ? { ...one, signed: signedBy(one.signed, party, person, at) } : one
      return { terms: docket.terms.map(sign) }
    }
    case 'release-planned':
      return { planned: event.planned }
    case 'access-readied':
      return { state: 'access-ready' }
    case 'endpoint-registered':
      return { state: 'terms', endpoint: { registeredAt: event.at, baseline: null, dryRun: false, builds: [] } }
    case 'baseline-taken':
      return endpoint(docket, () => ({ baseline: event.fingerprint }))
    case 'build-changed':
      return endpoint(docket, ({ builds }) => ({ builds: [...builds, { at: event.at, fingerprint: event.fingerprint }] }))
    case 'dry-run-passed':
      return endpoint(docket, () => ({ dryRun: true }))
  }
}

function endpoint(docket: Docket, next: (kept: EndpointKept) => Partial<EndpointKept>): Partial<Docket> {
  return docket.endpoint === null ? {} : { endpoint: { ...docket.endpoint, ...next(docket.endpoint) } }
}
