import type { RunTable } from '../../core/evaluation/run-row.ts'

/** What the reading of a file has to say; text from the file is inert already. */
export interface ImportNote {
  readonly file: string
  readonly code: string
  /** A place in the file; empty for all of it. */
  readonly where: string
  readonly say: string
}

/** One file that was read, and what came of it. */
export interface ReadSource {
  readonly file: string
  readonly kind: 'inspect-eval' | 'inspect-json' | 'runs' | 'tasks'
  /** False for a log that is no finished evaluation; its missing samples count as missing. */
  readonly isFinished: boolean
  readonly runs: number
  readonly tasks: number
  /** Of a log: its model, task, status and creation as stated, and the score that counts. */
  readonly log: {
    readonly model: string
    readonly task: string
    readonly status: string
    readonly created: string | null
    readonly scorer: string | null
  } | null
  /** Keys found and overwritten. */
  readonly keys: number
}

export interface ReadFiles {
  readonly table: RunTable
  readonly findings: readonly ImportNote[]
  readonly sources: readonly ReadSource[]
}
