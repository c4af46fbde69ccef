import type { ExposureWhy } from '../../../contract/shapes/exposure.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { matchKey } from '../../../core/exposure/assess.ts'
import type { Component } from '../../../core/exposure/component.ts'
import { explain } from '../../../core/exposure/explain.ts'
import { sayStep } from '../../../core/exposure/say-step.ts'
import { formatPurl, parsePurl } from '../../../core/kernel/purl.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { underVex } from './inventory-why-vex.ts'
import { loadRule } from './obligation-rule.ts'

const MOST_RECORDS = 50

/** Why a flaw holds in a component, or does not, record by record and by whoever states something of it: of any purl, whether or not anybody here has it. */
export async function exposureWhy(
  desk: ExposureDesk,
  who: Principal,
  { component: text, flaw }: { readonly component: string; readonly flaw: string },
): Promise<Answer<Presented<ExposureWhy>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const component = componentOf(text)
  if (component === null)
    return denied('request.invalid', 'Name the component by a purl with its version, or by a CPE 2.3 name.', 'component')
  const known = flaw.length > 200 ? null : desk.known.flawOf(flaw)
  if (known === null) return denied('request.invalid', 'No record here names this flaw.', 'flaw')
  const { rule } = await inTransaction(desk.store, { organisation }, async (tx) => await loadRule(desk, tx, organisation))
  const found = known.records.slice(0, MOST_RECORDS).map((record) => ({ record, match: explain(record, component) }))
  const { matches: judged, ...said } = underVex(desk, organisation, rule, { component, found, ids: known.ids })
  const answers = judged.map(({ match }) => match.affected)
  const own = desk.book.held(matchKey(component), organisation)?.assets ?? []
  const why: ExposureWhy = {
    id: known.primary,
    aliases: known.ids.filter((id) => id !== known.primary),
    component: text,
    affected: answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no',
    records: judged.map(({ record, match }) => ({
      id: record.id,
      source: record.source,
      affected: match.affected,
      fixed: match.fixed,
      why: match.steps.map(sayStep),
    })),
    joined: known.joins.map(({ ids, by }) => ({ ids: [...ids], by })),
    ...said,
    assets: own.map(({ inventory, asset }) => ({ inventory, asset })),
  }
  const shown = presentExposure(who, organisation, { action: 'read', noun: 'inventory' }, why)
  return shown === null ? NOT_FOUND : done(shown)
}

function componentOf(text: string): Component | null {
  const blank = { group: null, type: null, marks: [], place: '' }
  if (text.length > 4_096) return null
  if (text.startsWith('cpe:')) return { ...blank, purl: null, cpes: [text], name: text, version: null }
  const parsed = parsePurl(text)
  if (!parsed.ok) return null
  const { name, version } = parsed.purl
  return { ...blank, purl: formatPurl(parsed.purl), cpes: [], name, version: version ?? null }
}
