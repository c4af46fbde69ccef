import { accept, type Decision } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import { type EnteredBy, isStated, type Stated } from './opt-out.ts'
import { isPlain } from './plain-text.ts'
import { no, type ScanRefusal } from './scan-refusal.ts'

export const ROUTE_KINDS = ['mail', 'form', 'private-advisory', 'coordinator'] as const
export type RouteKind = (typeof ROUTE_KINDS)[number]

/** Where a project wants reports sent. Public until it is withdrawn. */
export interface ScanRoute {
  readonly id: Id<'route'>
  readonly version: number
  readonly name: string
  readonly kind: RouteKind
  /** An address of that kind, as the project writes it; shown, never followed. */
  readonly address: string
  readonly stated: Stated
  readonly enteredBy: EnteredBy
  readonly enteredAt: Instant
  readonly endedAt: Instant | null
}

export type ScanRouteEvent =
  | { readonly type: 'route-stated'; readonly at: Instant; readonly route: ScanRoute }
  | { readonly type: 'route-withdrawn'; readonly at: Instant; readonly route: Id<'route'>; readonly by: EnteredBy }

const ADDRESS: Readonly<Record<RouteKind, RegExp>> = {
  mail: /^[^\s@]{1,64}@[^\s@]{1,190}$/,
  form: /^https:\/\/\S{1,280}$/,
  'private-advisory': /^https:\/\/\S{1,280}$/,
  coordinator: /^.{1,290}$/,
}

/** Enters where a project wants reports sent. */
export function stateRoute(
  wanted: Pick<ScanRoute, 'id' | 'name' | 'kind' | 'address' | 'stated' | 'enteredBy'>,
  now: Instant,
): Decision<ScanRouteEvent, ScanRefusal> {
  if (!isStated(wanted.stated, now)) return no('notice.source')
  if (!isPlain(wanted.address, 300) || !ADDRESS[wanted.kind].test(wanted.address)) return no('notice.text')
  return accept({
    type: 'route-stated' as const,
    at: now,
    route: { ...wanted, version: 1, enteredAt: now, endedAt: null },
  })
}

/** The project takes it back. */
export function withdrawRoute(route: ScanRoute, by: EnteredBy, now: Instant): Decision<ScanRouteEvent, ScanRefusal> {
  if (route.endedAt !== null) return no('notice.ended')
  return accept({ type: 'route-withdrawn' as const, at: now, route: route.id, by })
}

export function evolveRoute(route: ScanRoute | null, event: ScanRouteEvent): ScanRoute {
  if (event.type === 'route-stated') return event.route
  if (route === null || route.id !== event.route) throw new Error(`${event.type} applied to ${route?.id ?? 'nothing'}`)
  return { ...route, version: route.version + 1, endedAt: event.at }
}
