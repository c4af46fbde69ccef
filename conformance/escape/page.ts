import type { Area } from './attempt.ts'
import { AREAS, ATTEMPTS } from './table.ts'

/** The two tables of docs/escape-suite.md, as they follow from the attempts. */
export function attemptTables(): string {
  const areas = (Object.keys(AREAS) as Area[]).map((area) => ({
    ...AREAS[area],
    tries: ATTEMPTS.flatMap((one) => (one.area === area ? [one.tries] : [])),
  }))
  const brief = areas.map(({ title, tries, holds }) => `| ${title} | ${tries.length} | ${holds} |`)
  const whole = areas.map(({ title, tries }) => `| ${title} | ${[...new Set(tries)].map(plain).join(' · ')} |`)
  return [
    `${ATTEMPTS.length} attempts:`,
    '',
    '| area | attempts | what holds them |',
    '| --- | --- | --- |',
    ...brief,
    '',
    '| area | each tries to |',
    '| --- | --- |',
    ...whole,
    '',
  ].join('\n')
}

function plain(text: string): string {
  return text.replaceAll('|', '/')
}
