import type { OptOutOut, ScanRouteOut } from '../../../contract/shapes/scan.ts'
import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import type { OptOut } from '../../../core/scans/opt-out.ts'
import type { ScanRoute } from '../../../core/scans/scan-route.ts'

/** What a project says, as everyone reads it: who entered it as a role, never as a person. */
function common(notice: OptOut | ScanRoute) {
  const { id, version, name, stated, enteredBy, enteredAt, endedAt } = notice
  return {
    id,
    version,
    target: name,
    source: stated.source,
    on: formatInstant(stated.on),
    enteredBy: enteredBy.as,
    enteredAt: formatInstant(enteredAt),
    endedAt: endedAt === null ? null : formatInstant(endedAt as Instant),
  }
}

export function optOutView(optOut: OptOut): OptOutOut {
  return { ...common(optOut), says: optOut.says as OptOutOut['says'] }
}

export function routeView(route: ScanRoute): ScanRouteOut {
  return { ...common(route), kind: route.kind, address: route.address }
}
