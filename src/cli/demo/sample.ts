import { readFile } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { EXIT, Stop } from '../exit.ts'
import { list, object, text } from '../http/read.ts'
import { ROOT } from '../root.ts'
import type { Parameters } from '../upload/parameters.ts'

/** One file of a batch: who sends it, and what is stated with it. `finder` null: whoever is the demo's first finder. */
export interface Parcel {
  readonly finder: string | null
  readonly path: string
  readonly parameters: Parameters
}

const HOME = join(ROOT, 'sample')

/** The bundled sample. Throws Stop when this copy of Weir has none. */
export async function loadSample(): Promise<Parcel[]> {
  const path = join(HOME, 'manifest.json')
  const json = await readFile(path, 'utf8').catch(() => {
    throw new Stop(
      EXIT.unavailable,
      `The bundled sample is not here (${path}).`,
      'Take in your own reports instead: npm start -- FILE…',
    )
  })
  const parcels = parseManifest(json, HOME)
  if (parcels.length > 0) return parcels
  throw new Stop(EXIT.unavailable, `${path} names no report.`, 'Take in your own reports instead: npm start -- FILE…')
}

/** The parcels of a manifest; entries that name no file inside `home` are left out. */
export function parseManifest(json: string, home: string): Parcel[] {
  let entries: readonly unknown[]
  try {
    const value: unknown = JSON.parse(json)
    entries = list(Array.isArray(value) ? value : object(value)['entries'])
  } catch {
    return []
  }
  return entries.flatMap((one) => {
    const entry = object(one)
    const file = text(entry['file'])
    const path = file === null ? '' : resolve(home, file)
    if (!path.startsWith(home + sep)) return []
    const { purl, version } = object(entry['target'])
    const provenance = object(entry['provenance'])
    const word = (value: unknown) => text(value) ?? undefined
    const flag = (value: unknown) => (typeof value === 'boolean' ? value : undefined)
    const parameters: Parameters = {
      format: word(entry['format']),
      target: word(purl),
      version: word(version),
      tool: word(provenance['tool']),
      toolVersion: word(provenance['toolVersion']),
      model: word(provenance['model']),
      modelVersion: word(provenance['modelVersion']),
      aiAssisted: flag(provenance['aiAssisted']),
      humanValidated: flag(provenance['humanValidated']),
    }
    return [{ finder: text(object(entry['finder'])['name']), path, parameters }]
  })
}
