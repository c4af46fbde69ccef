import { SET_ASIDE } from '../../formats/known/known-item.ts'
import { count, type Loose, list, object, text } from '../http/read.ts'
import { columns, wrap } from '../text/columns.ts'
import { counted, whole } from '../text/figures.ts'
import { inert } from '../text/inert.ts'

const MOST_SHOWN = 10
const WIDTH = 78
const WHY = new Map<string, string>([
  ...Object.entries(SET_ASIDE),
  ['not-known', 'The item is of no format that is read.'],
  ['other-kind', 'The item is of another kind than was said.'],
])
const NOT_REMOVED = new Map([
  ['set-aside', 'Nothing was removed: part of the file could not be read, and what stood there may still be listed.'],
  ['nothing-read', 'Nothing was removed: nothing in the file could be read.'],
])

/** What became of each file, in columns. */
export function takenTable(rows: readonly Loose[]): string[] {
  const head = ['FILE', 'KIND', 'NEW', 'CHANGED', 'SAME', 'OLDER', 'GONE', 'ASIDE']
  const cells = rows.map((row) => [
    inert(text(row['feed']) ?? '', 200),
    inert(text(row['kind']) ?? 'several', 20),
    ...['fresh', 'changed', 'unchanged', 'older', 'removed', 'setAsideCount'].map((name) => whole(count(row[name]))),
  ])
  const figure = { right: true }
  return columns([head, ...cells], [{ most: 28 }, { most: 12 }, figure, figure, figure, figure, figure, figure])
}

/** What of one file a person should know: why it changed nothing, what was set aside and why. */
export function asideLines(row: Loose): string[] {
  const lines: string[] = []
  const file = inert(text(row['feed']) ?? '', 60)
  if (row['outdated'] === true) lines.push(...said(`${file}: a newer edition of this catalogue is held; nothing was taken.`))
  const kept = NOT_REMOVED.get(text(row['notRemoved']) ?? '')
  if (kept !== undefined) lines.push(...said(`${file}: ${kept}`))
  const aside = list(row['setAside']).map(object)
  const all = count(row['setAsideCount'])
  if (all === 0) return lines
  lines.push(`${file}: ${counted(all, 'item')} set aside`)
  for (const item of aside.slice(0, MOST_SHOWN)) {
    const named = [text(item['place']) ?? '', text(item['id']) ?? ''].filter((part) => part !== '').join(', ')
    const why = text(item['why']) ?? ''
    lines.push(`  ${inert(named, 74)}`, ...wrap(inert(WHY.get(why) ?? why), WIDTH - 4).map((line) => `    ${line}`))
  }
  if (all > Math.min(aside.length, MOST_SHOWN)) lines.push(`  and ${whole(all - Math.min(aside.length, MOST_SHOWN))} more`)
  return lines
}

function said(sentence: string): string[] {
  return wrap(sentence, WIDTH)
}
