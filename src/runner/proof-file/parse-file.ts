import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ProofFile } from '../../contract/shapes/proof-file.ts'
import { Failure } from '../failure.ts'

const MOST = 8 << 20
export const PROOF_FILE = 'weir-proof.json'

/** The proof file that a path names: the file itself, or the one in that folder. */
export function proofFileAt(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, PROOF_FILE) : path
}

/** Reads and checks a proof file's own text. Throws Failure that names the field. */
export function parseProofFile(path: string): ProofFile {
  const value = readJson(path)
  const read = ProofFile.safeParse(value)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const field = issue === undefined ? '' : fieldOf(issue.path)
  throw new Failure('proof.bad-field', `${field === '' ? 'The file' : field}: ${issue?.message ?? 'is not as it should be'}.`, {
    where: field === '' ? path : `${path}, ${field}`,
    mend: 'docs/validate.md shows every field.',
  })
}

/** JSON of a file of at most 8 MiB. */
export function readJson(path: string): unknown {
  const is = statSync(path, { throwIfNoEntry: false })
  if (is === undefined)
    throw new Failure('proof.no-file', 'There is no such file.', { where: path, mend: `Name a ${PROOF_FILE} or its folder.` })
  if (!is.isFile() || is.size > MOST) throw new Failure('proof.no-file', 'It is no file of JSON.', { where: path })
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Failure('proof.no-json', `It is not JSON: ${(error as Error).message}.`, { where: path })
  }
}

/** `reproducers[0].file` of `['reproducers', 0, 'file']`. */
function fieldOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}
