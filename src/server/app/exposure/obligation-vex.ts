import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { VexClaim } from '../../../core/exposure/obligation/item/item.ts'
import type { Justification } from '../../../core/exposure/vex/justification.ts'
import { type Instant, instant } from '../../../core/kernel/instant.ts'
import { ownCycloneDx } from '../../../formats/vex/own-cyclonedx.ts'
import { ownOpenVex } from '../../../formats/vex/own-openvex.ts'
import type { OwnStatement } from '../../../formats/vex/own-statement.ts'
import { inTransaction } from '../../store/connection.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { obligationsOf } from '../../store/obligation.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { type KeptObligation, openObligation } from './obligation-body.ts'
import type { ReportFile } from './obligation-report.ts'

/**
 * What the caller's organisation itself holds not affected, as a file for others. A statement of VEX is about a version, not about a
 * machine: what is said of some of the assets that have it is counted and left out.
 */
export async function exposureStated(
  desk: ExposureDesk,
  who: Principal,
  format: 'cyclonedx' | 'openvex',
): Promise<Answer<Presented<ReportFile>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const { kept, author } = await inTransaction(desk.store, { organisation }, async (tx) => {
    const rows = await obligationsOf(tx, organisation)
    const home = await tx.db.selectFrom('organisation').select('name').where('id', '=', organisation).executeTakeFirst()
    return { kept: rows.flatMap((row) => openObligation(desk, row) ?? []), author: home?.name ?? '' }
  })
  const now = desk.clock()
  const { statements, leftOut } = ownStatements(kept)
  const uuid = uuidOf(keyedMac(desk.keys.secret('index'), 'own-vex-out')(Buffer.from(organisation)))
  const made = { author, uuid, edition: Math.floor(now / 1_000), at: now, leftOut }
  const out = format === 'openvex' ? ownOpenVex(statements, made) : ownCycloneDx(statements, made)
  const file = {
    bytes: oneOf(`${JSON.stringify(out, null, 1)}\n`),
    mediaType: format === 'openvex' ? 'application/json' : 'application/vnd.cyclonedx+json',
    name: format === 'openvex' ? 'stated.openvex.json' : 'stated.cdx.json',
  }
  const shown = presentExposure(who, organisation, { action: 'list', noun: 'obligation' }, file)
  return shown === null ? NOT_FOUND : done(shown)
}

/** By component and flaw: what is held by hand on every asset that has it, the newest words first. */
export function ownStatements(
  kept: readonly Pick<KeptObligation, 'item' | 'assets' | 'place' | 'flaw' | 'ids' | 'summary' | 'component'>[],
): {
  readonly statements: readonly OwnStatement[]
  readonly leftOut: number
} {
  const statements: OwnStatement[] = []
  let leftOut = 0
  for (const of of Map.groupBy(kept, ({ place, flaw }) => JSON.stringify([place, flaw])).values()) {
    const [first] = of
    const claims = new Map<string, VexClaim | undefined>()
    for (const { item, assets } of of) {
      for (const asset of assets) claims.set(asset, undefined)
      for (const part of item.parts)
        for (const asset of part.assets)
          if (claims.has(asset)) claims.set(asset, part.how === 'not-affected' ? part.claim : undefined)
    }
    const own = [...claims.values()].filter((claim) => claim?.source === 'operator') as VexClaim[]
    if (own.length === 0) continue
    if (own.length < claims.size) {
      leftOut++
      continue
    }
    const newest = own.reduce((late, one) => ((one.at ?? 0) > (late.at ?? 0) ? one : late))
    const { flaw, ids, summary, component } = first!
    const said = {
      justification: newest.justification as Justification,
      detail: newest.detail ?? '',
      at: instant(newest.at ?? 0) as Instant,
    }
    statements.push({ flaw, ids, summary, component, ...said })
  }
  return { statements: statements.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)), leftOut }
}

function keyOf({ flaw, component }: OwnStatement): string {
  return `${flaw} ${component.purl ?? component.name}`
}

/** A UUID of version 8 (RFC 9562, §5.8): the same for every edition of an organisation's document, and telling nothing. */
function uuidOf(mac: Uint8Array): string {
  const bytes = Buffer.from(mac.subarray(0, 16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

async function* oneOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
