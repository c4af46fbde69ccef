import type { OwnVexList, OwnVexOut } from '../../../contract/shapes/own-vex.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { inTransaction } from '../../store/connection.ts'
import { type OwnVexHead, ownVexOf } from '../../store/exposure-vex.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { loadRule } from './obligation-rule.ts'
import { type OwnVexBody, openOwnVexBody } from './own-vex-body.ts'

const MOST_AUTHORS = 200

/** A document as its organisation lists it. */
export function ownVexOut(row: Pick<OwnVexHead, 'id' | 'received_at'>, body: OwnVexBody): OwnVexOut {
  const { document, name, author, format, counts, aside, newest } = body
  return {
    id: row.id,
    document,
    name,
    author,
    format,
    statements: {
      notAffected: counts['not-affected'],
      affected: counts.affected,
      fixed: counts.fixed,
      underInvestigation: counts['under-investigation'],
    },
    aside,
    newest: newest === null ? null : formatInstant(instant(newest)),
    receivedAt: formatInstant(instant(row.received_at)),
  }
}

/** The documents that the caller's organisation brought, and who makes statements among the records, whom it may choose to believe. */
export async function listOwnVex(desk: ExposureDesk, who: Principal): Promise<Answer<Presented<OwnVexList>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const { rows, rule } = await inTransaction(desk.store, { organisation }, async (tx) => ({
    rows: await ownVexOf(tx, organisation),
    rule: (await loadRule(desk, tx, organisation)).rule,
  }))
  const believed = new Set(rule.believe.map((author) => author.trim().toLowerCase()))
  const list: OwnVexList = {
    rows: rows.flatMap((row) => {
      const body = openOwnVexBody(desk, row)
      return body === null ? [] : [ownVexOut(row, body)]
    }),
    authors: [...desk.known.vexAuthors]
      .filter(([author]) => author.trim() !== '')
      .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, MOST_AUTHORS)
      .map(([author, statements]) => ({
        author: author.slice(0, 200),
        statements,
        believed: believed.has(author.trim().toLowerCase()),
      })),
  }
  const shown = presentExposure(who, organisation, { action: 'list', noun: 'obligation' }, list)
  return shown === null ? NOT_FOUND : done(shown)
}
