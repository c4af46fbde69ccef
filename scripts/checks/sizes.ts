import { basename } from 'node:path'
import type { Check, Complaint } from './complaint.ts'
import { onlyCode } from './source.ts'
import { isTest, listFiles, readText } from './tree.ts'

const MOST_LINES = 400
const MOST_MEDIAN = 90
const MOST_NAME = 24
const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const FORBIDDEN = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'misc',
  'types',
  'manager',
  'service',
  'base',
  'context',
  'index',
])

/** Tables are data, and a migration stays as it was; both may be long. */
const LONG = /\/migrations\/|\/tables\/|-tables\.ts$|\/tables\.ts$/
const OURS = /^(src|scripts|conformance|bench|sample)\/.*\.(ts|tsx|mjs|css)$/

/** Lengths and names of files as docs/decisions and the README of `scripts` state them; re-exports of whole files. */
export const sizes: Check = (root) => {
  const complaints: Complaint[] = []
  const lengths: number[] = []
  for (const file of listFiles(root).filter((path) => OURS.test(path))) {
    const text = readText(root, file)
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
    if (file.startsWith('src/') && !isTest(file) && !file.endsWith('.css')) lengths.push(lines)
    if (lines > MOST_LINES && !LONG.test(file))
      complaints.push({ at: file, says: `${lines} lines; at most ${MOST_LINES}: it holds more than one idea` })
    complaints.push(...nameOf(file))
    if (/^\s*export\s*\*/m.test(onlyCode(text)))
      complaints.push({ at: file, says: 're-exports a whole file: let readers import the file itself' })
  }
  lengths.sort((a, b) => a - b)
  const median = lengths[lengths.length >> 1] ?? 0
  if (median > MOST_MEDIAN)
    complaints.push({ at: 'src', says: `half of the files have more than ${median} lines; at most ${MOST_MEDIAN}` })
  return complaints
}

function nameOf(file: string): Complaint[] {
  const stem = basename(file).split('.')[0] ?? ''
  if (!NAME.test(stem)) return [{ at: file, says: 'file names are kebab-case' }]
  if (stem.length > MOST_NAME) return [{ at: file, says: `a name of ${stem.length} characters; at most ${MOST_NAME}` }]
  if (FORBIDDEN.has(stem)) return [{ at: file, says: `"${stem}" says nothing: name the file after its one idea` }]
  return []
}
