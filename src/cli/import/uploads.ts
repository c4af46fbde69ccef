import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { headKeys } from '../../formats/json/head-keys.ts'
import { shapeOf } from '../../formats/json/shape.ts'
import { headOf } from '../exposure/file-chunks.ts'
import { type NamedFile, namedFiles } from '../exposure/named-files.ts'
import { HERE } from '../root.ts'

/** What is sent as one file: a file as it lies there, or the single documents of a folder as one archive. */
export interface Upload {
  readonly name: string
  readonly files: readonly NamedFile[]
  readonly packed: boolean
}

/** Endings that files of feeds have; a folder may hold other things, which are not sent. */
const ENDINGS = /\.(?:json|ndjson|jsonl|csv|zip)(?:\.(?:gz|zst))?$/i
const LONGEST_NAME = 200
/** Larger documents are sent alone. */
const MOST_PACKED = 8 << 20
const HEAD = 1 << 14

/** What is sent of the files and folders that were named. Throws Stop on what cannot be opened. */
export function uploadsOf(places: readonly string[]): Upload[] {
  return places.flatMap((place) => {
    const path = resolve(HERE, place)
    const files = namedFiles([place])
    const folder = basename(path) || 'folder'
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
      return files.map((file) => ({ name: cut(file.name), files: [file], packed: false }))
    const wanted = files.filter(({ name }) => ENDINGS.test(name))
    const documents = wanted.filter(isDocument)
    const alone = new Set(documents)
    const others = wanted.filter((file) => !alone.has(file))
    return [
      ...(documents.length === 0 ? [] : [{ name: cut(folder), files: documents, packed: true }]),
      ...others.map((file) => ({ name: cut(`${folder}/${file.name}`), files: [file], packed: false })),
    ]
  })
}

/** One record a file; catalogues, lists and lines are files of their own. */
function isDocument({ path, name }: NamedFile): boolean {
  if (!name.toLowerCase().endsWith('.json') || statSync(path).size > MOST_PACKED) return false
  const head = headOf(path).subarray(0, HEAD)
  let first = 0
  while (first < head.length && (head[first]! <= 0x20 || head[first]! >= 0xef)) first++
  if (head[first] !== 0x7b || shapeOf(head, true) === 'lines') return false
  return !headKeys(head).outer.has('catalogVersion')
}

/** Names may be as long as a file system's; the end tells more than the beginning. */
function cut(name: string): string {
  return name.length <= LONGEST_NAME ? name : `…${name.slice(1 - LONGEST_NAME)}`
}
