import { conditionLines } from '../claim/claim-lines.ts'
import { type Loose, list, object, text, texts } from '../http/read.ts'
import { columns } from '../text/columns.ts'
import { inert } from '../text/inert.ts'

const said = (value: unknown, most = 60) => inert(text(value) ?? '', most)
const day = (value: unknown) => inert((text(value) ?? '-').slice(0, 10), 40)

/** What projects say about scans, and where, as a table. */
export function optOutTable(rows: readonly Loose[]): string[] {
  const cells = rows.map((row) => {
    const says = conditionLines({ conditions: [row['says']] })[0]?.replace(/^project +/, '') ?? '-'
    return [said(row['id'], 40), said(row['target']), says, said(row['source']), day(row['on'])]
  })
  return columns([['ID', 'PROJECT', 'SAYS', 'WHERE', 'READ ON'], ...cells], [{}, { most: 40 }, {}, { most: 40 }, {}])
}

/** Where projects want reports, as a table. */
export function routeTable(rows: readonly Loose[]): string[] {
  const cells = rows.map((row) => [said(row['id'], 40), said(row['target']), said(row['kind'], 20), said(row['address'], 80)])
  return columns([['ID', 'PROJECT', 'ROUTE', 'ADDRESS'], ...cells], [{}, { most: 40 }, {}, { most: 60 }])
}

/** Looks that found nothing, as a table. */
export function certificateTable(rows: readonly Loose[]): string[] {
  const cells = rows.map((row) => [said(row['id'], 40), said(row['target']), said(row['by']) || 'unnamed', day(row['at'])])
  return columns([['ID', 'TARGET', 'BY', 'ON'], ...cells], [{}, { most: 50 }, { most: 40 }, {}])
}

/** What the payload of a certificate says, in a line; empty where it is none. */
export function certified(row: Loose): string {
  const payload = text(object(row['envelope'])['payload'])
  if (payload === null) return ''
  try {
    const statement = object(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')))
    const { methods } = object(statement['predicate'])
    const [subject] = list(statement['subject']).map(object)
    const commit = text(object(subject?.['digest'])['gitCommit']) ?? ''
    return [
      inert(commit, 12),
      texts(methods)
        .map((one) => inert(one, 30))
        .join(', '),
    ]
      .filter(Boolean)
      .join('  ')
  } catch {
    return ''
  }
}
