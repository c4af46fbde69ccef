import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { count, object, text } from '../http/read.ts'
import type { Parcel } from './sample.ts'

/** That the sample was taken in, in the data folder, gone together with it: the next start need not send it again. */
export interface DoneNote {
  /** Which sample: another one is taken in anew. */
  readonly sample: string
  readonly items: number
  readonly finders: number
}

const noteOf = (data: string) => join(data, 'sample.done')

/** A digest over what would be sent, without reading the files. */
export function sampleDigest(parcels: readonly Parcel[]): string {
  return createHash('sha256')
    .update(JSON.stringify(parcels.map(({ finder, path, parameters }) => [finder, path, parameters])))
    .digest('base64url')
}

/** The note of an earlier start; null where there is none. */
export async function readNote(data: string): Promise<DoneNote | null> {
  try {
    const note = object(JSON.parse(await readFile(noteOf(data), 'utf8')))
    const sample = text(note['sample'])
    return sample === null ? null : { sample, items: count(note['items']), finders: count(note['finders']) }
  } catch {
    return null
  }
}

/** Leaves the note for the next start. */
export async function writeNote(data: string, note: DoneNote): Promise<void> {
  await writeFile(noteOf(data), `${JSON.stringify(note)}\n`)
}
