import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { writeTar } from '../tar/write-tar.ts'

const MOST_PACKED = 64 << 10
const MOST_FILES = 200
const LINE = 8000
/** Read for what they say, not needed by the build. */
const READ_ONLY = new Set(['Dockerfile', 'project.yaml'])

export interface ProjectFiles {
  /** Shell lines that lay the files out in `_ossfuzz` below the working directory. */
  readonly lines: readonly string[]
  /** Files that did not fit. */
  readonly left: readonly string[]
}

/** Packs what lies beside a build script (the script, fuzz targets, dictionaries) into lines of the recipe, so that its digest covers them. */
export function packProjectFiles(folder: string): ProjectFiles {
  const left: string[] = []
  const files: { path: string; bytes: Uint8Array; executable: boolean }[] = []
  let packed: Uint8Array = gzipSync(writeTar(files), { level: 9 })
  for (const path of listFiles(folder)) {
    const bytes = statSync(join(folder, path)).size > 4 * MOST_PACKED ? null : readFileSync(join(folder, path))
    const more = bytes === null ? null : [...files, { path, bytes, executable: path.endsWith('.sh') }]
    const size = more === null ? null : gzipSync(writeTar(more), { level: 9 })
    if (more === null || size === null || size.length > MOST_PACKED) left.push(path)
    else {
      files.push(more.at(-1)!)
      packed = size
    }
  }
  const text = Buffer.from(packed).toString('base64')
  const lines = ['mkdir -p _ossfuzz', ': > _ossfuzz.b64']
  for (let at = 0; at < text.length; at += LINE) lines.push(`printf %s ${text.slice(at, at + LINE)} >> _ossfuzz.b64`)
  lines.push('base64 -d _ossfuzz.b64 | tar -xzf - -C _ossfuzz', 'rm _ossfuzz.b64')
  return { lines, left }
}

/** Paths of the plain files, the build script first, then sorted; no links. */
function listFiles(folder: string): string[] {
  const found: string[] = []
  const walk = (inside: string, depth: number) => {
    for (const one of readdirSync(join(folder, inside), { withFileTypes: true }).sort(byName)) {
      const path = inside === '' ? one.name : `${inside}/${one.name}`
      if (one.isDirectory() && depth < 5 && one.name !== '.git') walk(path, depth + 1)
      else if (one.isFile() && !(inside === '' && READ_ONLY.has(one.name)) && found.length < MOST_FILES) found.push(path)
    }
  }
  walk('', 0)
  return found.sort((a, b) => Number(b === 'build.sh') - Number(a === 'build.sh'))
}

const byName = (a: Dirent, b: Dirent) => (a.name < b.name ? -1 : 1)
