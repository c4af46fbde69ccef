type Row = Readonly<Record<string, string | number>>

const COLUMNS: readonly (readonly [title: string, of: (row: Row) => string])[] = [
  ['inventory', (row) => String(row['what']).slice(0, 52)],
  ...(['trivy', 'osv-offline', 'weir'] as const).map((tool) => [tool, (row: Row) => found(row[tool])] as const),
  ...(['trivy', 'osv-offline', 'weir'] as const).map(
    (tool) => [`${tool} CPU ms`, (row: Row) => said(row[`${tool}CpuMs`])] as const,
  ),
  ...(['trivy', 'osv-offline', 'weir'] as const).map((tool) => [`${tool} MB`, (row: Row) => said(row[`${tool}Mb`])] as const),
  ['trivy ÷ weir', (row) => said(row['trivy:weirCpu'])],
  ['osv-offline ÷ weir', (row) => said(row['osv-offline:weirCpu'])],
  ['osv-offline ms inside', (row) => said(row['osv-offlineInsideMs'])],
  ['weir ms inside', (row) => said(row['weirInsideMs'])],
]

/** The rows as a table for people: findings, CPU and memory of whole processes with the ratios of CPU, and milliseconds within one. */
export function peersTable(rows: readonly Row[]): string {
  const cells = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, of]) => of(row)))]
  const widths = COLUMNS.map((_, n) => Math.max(...cells.map((line) => line[n]!.length)))
  const lines = cells.map((line) =>
    line.map((cell, n) => (n === 0 ? cell.padEnd(widths[n]!) : cell.padStart(widths[n]!))).join('  '),
  )
  const reasons = rows.flatMap((row) =>
    ['trivy', 'osv-offline', 'weir'].flatMap((tool) =>
      typeof row[tool] === 'string' ? [`${tool} of ${row['what']}: ${row[tool]}`] : [],
    ),
  )
  return `${[...lines, '', ...reasons].join('\n')}\n`
}

function found(value: string | number | undefined): string {
  return typeof value === 'string' ? 'none: below' : said(value)
}

function said(value: string | number | undefined): string {
  return value === undefined ? '–' : String(value)
}
