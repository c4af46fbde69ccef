import type { Mark } from '../../core/docket/custody-clock.ts'
import { isInstant } from '../../core/docket/custody-clock.ts'
import type { Disk } from './disk.ts'
import { isPlain, readJson } from './parse.ts'

const NAME = 'marks.json'

/** How far the deciding clock had come for one docket, and how long its log was. */
export interface DocketMark {
  readonly at: number
  readonly entries: number
}

/** The marks of all dockets whose window lies open, in one file that is replaced every few seconds. */
export function saveMarks(disk: Disk, boot: string, mono: number, marks: ReadonlyMap<string, DocketMark>): void {
  disk.replace(NAME, Buffer.from(JSON.stringify({ boot, mono, dockets: [...marks] })))
}

/** Reads them back; none where the file is missing or no such file. The log's own instants are the second source. */
export function loadMarks(disk: Disk): ReadonlyMap<string, Mark & DocketMark> {
  const marks = new Map<string, Mark & DocketMark>()
  const bytes = disk.read(NAME)
  const value = bytes === null ? null : readJson(Buffer.from(bytes).toString('utf8'))
  if (!isPlain(value) || !Array.isArray(value['dockets'])) return marks
  const { boot, mono } = value
  if (typeof boot !== 'string' || !Number.isSafeInteger(mono)) return marks
  for (const pair of value['dockets'] as unknown[]) {
    if (!Array.isArray(pair) || typeof pair[0] !== 'string' || !isPlain(pair[1])) continue
    const { at, entries } = pair[1]
    if (isInstant(at) && Number.isSafeInteger(entries))
      marks.set(pair[0], { at, boot, mono: mono as number, entries: entries as number })
  }
  return marks
}
