import { type FileChange, type Hunk, linesOf } from '../diff/file-change.ts'
import { codeLines, type Family, familyOf } from './source-lines.ts'

/** A file before and after a patch, as the checks of touched code look at it. Texts are one character a byte. */
export interface TouchedFile {
  /** Its path after the patch, or before where it is gone. */
  readonly path: string
  readonly family: Family | null
  readonly change: FileChange
  readonly before: string
  readonly after: string
  /** Lines of `after`, comments and insides of strings blanked; empty where the family is unknown. */
  readonly code: readonly string[]
  /** 0-based numbers of the lines of `after` that the patch added. */
  readonly added: ReadonlySet<number>
  /** Added and removed lines as code, without empty ones. */
  readonly addedCode: readonly string[]
  readonly removedCode: readonly string[]
}

/** What the checks need of one file, made once. */
export function touchedFile(change: FileChange, before: string, after: string): TouchedFile {
  const path = change.to ?? change.from ?? ''
  const family = familyOf(path)
  const code = family === null ? [] : codeLines(after, family)
  const asCode = (lines: readonly string[]) =>
    family === null ? [] : codeLines(lines.join('\n'), family).filter((line) => /[A-Za-z0-9_]/.test(line))
  return {
    ...{ path, family, change, before, after, code },
    added: addedLines(change, after.split('\n')),
    addedCode: asCode(linesOf(change, '+')),
    removedCode: asCode(linesOf(change, '-')),
  }
}

const HUNKS_MOST = 300
const DRIFT_MOST = 1000

// Where a hunk lies in the file as it is now: a patch applies also where lines moved, so the stated place is only a start.
function addedLines(change: FileChange, lines: readonly string[]): Set<number> {
  const added = new Set<number>()
  let drift = 0
  for (const hunk of change.hunks.slice(0, HUNKS_MOST)) {
    const block = hunk.lines.filter(({ mark }) => mark !== '-')
    const at = findBlock(
      hunk,
      block.map(({ text }) => text),
      lines,
      drift,
    )
    if (at === null) continue
    drift = at - (hunk.newStart - 1)
    for (const [i, line] of block.entries()) if (line.mark === '+') added.add(at + i)
  }
  return added
}

function findBlock(hunk: Hunk, block: readonly string[], lines: readonly string[], drift: number): number | null {
  const start = Math.max(0, hunk.newStart - 1 + drift)
  const fits = (at: number) => at >= 0 && block.every((text, i) => lines[at + i]?.trimEnd() === text.trimEnd())
  for (let far = 0; far <= DRIFT_MOST; far++) {
    if (fits(start + far)) return start + far
    if (fits(start - far)) return start - far
  }
  return null
}

/** What a check found. `fails`: clear enough to count against the patch; else a person should look. */
export interface Finding {
  readonly fails: boolean
  readonly say: string
}
