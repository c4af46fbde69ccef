import { type Loose, list, object, text, texts } from '../http/read.ts'
import { columns, wrap } from '../text/columns.ts'
import { utc, whole } from '../text/figures.ts'
import { inert } from '../text/inert.ts'

const said = (value: unknown, longest = 100) => inert(text(value) ?? '', longest)
const when = (value: unknown) => utc(text(value) ?? '') ?? '-'

/** Dockets as a table. */
export function listLines(rows: readonly Loose[]): string[] {
  const cells = rows.map((row) => [
    said(row['id'], 40),
    said(row['state'], 30),
    said(row['model']) || '-',
    said(row['developer']),
    said(row['office']),
    when(row['endsAt']),
  ])
  const head = ['ID', 'STATE', 'MODEL', 'DEVELOPER', 'OFFICE', 'WINDOW ENDS']
  return columns([head, ...cells], [{}, {}, { most: 24 }, { most: 20 }, { most: 20 }, {}])
}

/** One docket in a few lines. */
export function docketLines(view: Loose): string[] {
  const window = object(view['window'])
  const terms = list(view['terms']).map(object)
  const newest = terms.at(-1)
  const signed = object(newest?.['signed'])
  const acts = texts(view['may']).map((one) => inert(one, 30))
  return [
    `DOCKET     ${said(view['id'], 40)}   ${said(view['state'], 30)}, ${said(view['kind'], 20)}`,
    ...(text(view['label']) === null ? [] : [`           ${said(view['label'])}`]),
    `model      ${said(view['model']) || '-'}`,
    `sides      ${said(view['developer'])} and ${said(view['office'])}`,
    `seats      ${
      texts(view['seats'])
        .map((one) => inert(one, 30))
        .join(', ') || 'none'
    }`,
    ...(newest === undefined
      ? []
      : [
          `terms      version ${whole(Number(newest['version']) || 0)}, ${signed['developer'] ? 'developer signed' : 'developer has not signed'}, ${signed['office'] ? 'office signed' : 'office has not signed'}`,
        ]),
    ...(view['window'] === null
      ? []
      : [`window     ${when(window['openedAt'] ?? window['opensAt'])} to ${when(window['endsAt'])}`]),
    ...(view['closing'] === null ? [] : [`receipt    ${said(object(view['closing'])['receiptDigest'], 64) || 'being made'}`]),
    ...wrap(said(view['next'], 300), 68).map((line, n) => `${n === 0 ? 'next       ' : '           '}${line}`),
    ...wrap(acts.join(', ') || 'nothing', 68).map((line, n) => `${n === 0 ? 'you may    ' : '           '}${line}`),
  ]
}

/** The log as a table, the oldest last. */
export function logLines(rows: readonly Loose[]): string[] {
  const cells = rows.map((row) => [
    String(Number(row['entry']) || 0),
    when(row['at']),
    said(row['who'], 60),
    said(row['compartment'], 2),
    said(row['say'], 120) + (Number(row['calls']) > 0 ? ` ${whole(Number(row['calls']))} calls` : ''),
  ])
  return columns([['N', 'AT', 'WHO', 'IN', 'WHAT'], ...cells], [{ right: true }, {}, { most: 28 }, {}, { most: 80 }])
}

/** Messages, the newest last. */
export function messageLines(rows: readonly Loose[]): string[] {
  return rows
    .filter((row) => row['object'] === 'message')
    .flatMap((row) => {
      const by = said(object(row['by'])['name']) || said(row['side'], 20) || 'somebody'
      return [`${when(row['at'])}   ${by}`, ...wrap(said(row['text'], 20_000), 76).map((line) => `  ${line}`), '']
    })
}
