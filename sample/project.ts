import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A flaw planted on purpose. `code` is the text of its line, so that the line number can be checked. */
export interface Flaw {
  readonly id: string
  readonly file: string
  readonly line: number
  readonly code: string
  /** CWE id. */
  readonly class: string
  readonly what: string
  /** Other lines at which a tool may rightly report it: uses of what went bad, callees the compiler folded in. */
  readonly also: readonly string[]
  /** Where two flaws share a line: what a report of this one says, as a regular expression. */
  readonly says?: string
  /** False where no tool of this sample is expected to find it. */
  readonly found: boolean
}

export interface Project {
  readonly name: string
  readonly purl: string
  readonly version: string
  readonly directory: string
  readonly language: 'c' | 'c++' | 'javascript' | 'python' | 'go' | 'java'
  readonly flaws: readonly Flaw[]
}

/** The projects of `projects.json`, in its order. */
export function loadProjects(folder: string): Project[] {
  return JSON.parse(readFileSync(join(folder, 'projects.json'), 'utf8')) as Project[]
}

/** The lines of a flaw in its file: its own and every one whose trimmed text is in `also`; throws where a text is not found. */
export function linesOf(flaw: Flaw, source: string): ReadonlySet<number> {
  const also = flaw.also.flatMap((code) => {
    const hits = source.split('\n').flatMap((line, i) => (line.trim() === code ? [i + 1] : []))
    if (hits.length === 0) throw new Error(`no line of ${flaw.file} reads: ${code}`)
    return hits
  })
  return new Set([flaw.line, ...also])
}

/** 1-based line of the only line whose trimmed text is `code`; throws when there is none or more than one. */
export function lineOf(source: string, code: string): number {
  const hits = source.split('\n').flatMap((line, i) => (line.trim() === code ? [i + 1] : []))
  if (hits.length !== 1) throw new Error(`${hits.length} lines read: ${code}`)
  return hits[0]!
}
