import { type AssetTags, NO_TAGS } from '../../core/exposure/component.ts'
import { isSupportEnd } from '../../core/exposure/edge/asset-support.ts'
import { isObject, textIn } from '../../formats/json/loose.ts'
import { CsvReader } from '../../formats/run-table/csv-reader.ts'
import { EXIT, Stop } from '../exit.ts'
import { counted } from '../text/figures.ts'
import { inert } from '../text/inert.ts'

const FIELDS = Object.keys(NO_TAGS) as readonly (keyof AssetTags)[]
const WORDS: Readonly<Partial<Record<keyof AssetTags, readonly string[]>>> = {
  environment: ['production', 'development'],
  exposure: ['public', 'internal'],
  impact: ['low', 'medium', 'high', 'very-high'],
  edge: ['yes', 'no'],
  listed: ['yes', 'no', 'unknown'],
}
const MOST_ASSETS = 1_000_000
const LONGEST = 200

const text = (says: string) => ({ description: says, type: 'string', maxLength: LONGEST })

/** The published JSON Schema of a file of tags. */
export const TAGS_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://weir.invalid/schemas/exposure-tags-1.json',
  title: 'Who owns assets, where they run, and who can reach them',
  description: 'Assets by name: the name of the inventory without its ending, its file name, or its path in the folder.',
  type: 'object',
  maxProperties: MOST_ASSETS,
  additionalProperties: {
    type: 'object',
    additionalProperties: false,
    properties: {
      organisation: text('Organisation that owns it.'),
      unit: text('Part of the organisation.'),
      environment: { enum: WORDS.environment },
      exposure: {
        description: 'Whether untrusted entities reach it over public networks; not said counts as public.',
        enum: WORDS.exposure,
      },
      type: text('What it is, for example server or controller.'),
      impact: {
        description: 'What an attack on it would do to people and mission (SSVC human impact); not said counts as medium.',
        enum: WORDS.impact,
      },
      edge: { description: 'Whether it is a device at the edge of a network (BOD 26-02).', enum: WORDS.edge },
      support: {
        description: "When its vendor's support ends: a day such as 2027-06-30, or ended.",
        type: 'string',
        pattern: '^(ended|[0-9]{4}-[0-9]{2}-[0-9]{2})$',
      },
      listed: { description: 'Whether CISA’s list of end-of-support edge devices names it.', enum: WORDS.listed },
      maker: text('Who makes it.'),
      model: text('Which model it is.'),
    },
  },
} as const

/**
 * Reads tags from JSON (asset → tags) or CSV (a column `asset` and any of the others). Hostile: an unknown field or word is told with
 * its place, by a Stop, for a typing error in "public" must not go unseen.
 */
export function readTags(file: string, content: string): ReadonlyMap<string, AssetTags> {
  const body = content.replace(/^\ufeff/, '')
  const rows = body.trimStart().startsWith('{') ? rowsOfJson(file, body) : rowsOfCsv(file, body)
  const tags = new Map<string, AssetTags>()
  for (const [place, asset, fields] of rows) {
    if (asset === '') throw wrong(file, place, 'names no asset')
    const own: Record<string, string | null> = { ...NO_TAGS }
    for (const [name, value] of fields) {
      const words = WORDS[name as keyof typeof WORDS]
      if (!FIELDS.includes(name as 'unit')) throw wrong(file, place, `has "${name}", which is none of ${FIELDS.join(', ')}`)
      if (value.length > LONGEST) throw wrong(file, place, `has a ${name} of more than ${LONGEST} characters`)
      if (words !== undefined && !words.includes(value))
        throw wrong(file, place, `has the ${name} "${value}"; it is ${words.join(' or ')}`)
      if (name === 'support' && !isSupportEnd(value))
        throw wrong(file, place, `has the support "${value}"; it is a day such as 2027-06-30, or ended`)
      own[name] = value
    }
    tags.set(asset, own as unknown as AssetTags)
  }
  return tags
}

type Row = readonly [place: string, asset: string, fields: readonly (readonly [string, string])[]]

function rowsOfJson(file: string, body: string): Row[] {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw wrong(file, '', 'is not JSON')
  }
  if (!isObject(value)) throw wrong(file, '', 'is not an object of assets')
  return Object.keys(value).map((asset): Row => {
    const own = value[asset]
    if (!isObject(own)) throw wrong(file, asset, 'is not an object of tags')
    const fields = Object.keys(own).flatMap((name): [string, string][] => {
      if (own[name] === null) return []
      const said = textIn(own, name)
      if (said === null) throw wrong(file, asset, `has a ${name} that is no text`)
      return [[name, said]]
    })
    return [asset, asset, fields]
  })
}

function rowsOfCsv(file: string, body: string): Row[] {
  const rows: Row[] = []
  let names: readonly string[] | null = null
  const csv = new CsvReader(
    { cellBytes: 4096, columns: 50 },
    ({ line, cells }) => {
      if (cells.every((cell) => cell.trim() === '')) return
      if (names === null) {
        names = cells.map((cell) => cell.trim().toLowerCase())
        if (!names.includes('asset')) throw wrong(file, 'line 1', 'has no column "asset"')
        return
      }
      const said = names.map((name, n): [string, string] => [name, (cells[n] ?? '').trim()])
      const asset = said.find(([name]) => name === 'asset')![1]
      rows.push([`line ${line}`, asset, said.filter(([name, value]) => name !== 'asset' && value !== '')])
    },
    () => {
      throw wrong(file, '', 'has a row that cannot be read')
    },
  )
  csv.push(new TextEncoder().encode(body))
  csv.end()
  return rows
}

function wrong(file: string, place: string, says: string): Stop {
  return new Stop(
    EXIT.badInput,
    `${inert(file)}${place === '' ? '' : `, ${inert(place)}`}: ${inert(says)}.`,
    'See docs/exposure.md.',
  )
}

/** A line where tags name assets that are not here: a slip in a name would leave its asset untagged. */
export function strangeTags(
  tags: ReadonlyMap<string, AssetTags> | null,
  assets: readonly { readonly name: string; readonly file: string }[],
): string[] {
  const here = new Set(assets.flatMap(({ name, file }) => [name, file, lastOf(file)]))
  // A device at the edge of a network may have no inventory: its line in the tags is all there is of it.
  const strange = [...(tags ?? [])].flatMap(([name, { edge }]) => (here.has(name) || edge === 'yes' ? [] : [name]))
  return strange.length === 0
    ? []
    : [`tags       ${counted(strange.length, 'name')} of no asset here. First: ${inert(strange[0]!, 60)}`]
}

function lastOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1)
}

/** The tags of an asset by its name, its file's name or its path; null where the file has none for it. */
export function tagsFor(
  tags: ReadonlyMap<string, AssetTags>,
  asset: { readonly name: string; readonly file: string },
): AssetTags | null {
  return tags.get(asset.name) ?? tags.get(asset.file) ?? tags.get(lastOf(asset.file)) ?? null
}
