// What a patch does to one file. Text is hostile and kept byte for byte: one character for each byte of the patch.

export interface HunkLine {
  readonly mark: ' ' | '+' | '-'
  /** Without its line end. */
  readonly text: string
  /** False where the file ends here without a line end. */
  readonly ended: boolean
}

export interface Hunk {
  /** 1-based line in the file before and after; 0 where that side is empty. */
  readonly oldStart: number
  readonly newStart: number
  /** What stands behind the second `@@`: often the function. */
  readonly section: string
  readonly lines: readonly HunkLine[]
}

export interface FileChange {
  /** Null: the file is new. */
  readonly from: string | null
  /** Null: the file is deleted. */
  readonly to: string | null
  /** Octal digits as stated; null where not stated. */
  readonly oldMode: string | null
  readonly newMode: string | null
  /** Renamed or copied. */
  readonly moved: 'renamed' | 'copied' | null
  readonly hunks: readonly Hunk[]
}

/** A patch that cannot be taken: the place in it, what is wrong, and what its author can do. */
export interface DiffRefusal {
  readonly ok: false
  readonly where: string
  readonly say: string
  readonly mend: string
}

export type DiffRead = { readonly ok: true; readonly files: readonly FileChange[] } | DiffRefusal

/** The lines of a change with one of these marks, in order, without the files' own order being lost. */
export function linesOf(change: FileChange, mark: '+' | '-'): string[] {
  return change.hunks.flatMap((hunk) => hunk.lines.filter((line) => line.mark === mark).map((line) => line.text))
}
