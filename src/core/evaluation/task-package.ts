import type { Limits } from '../sandbox/limits.ts'
import type { Floor } from '../sandbox/tier.ts'
import type { Axis } from './run-row.ts'

// A task as a package: a folder (or its archive) with `suite.json` at its root and one folder per family. Nothing of a package is
// run outside the sandbox. Code at a place: a folder's content stands there directly, a single file under its own name
// (/solve/solve.py). The order of one attempt:
//
//   1. setup   in a box of its own, gone before the attempt: `argv` in /work, the family's folder read-only at /in/family. On standard
//              input one line of JSON: `SetupInput`. It leaves in /out/files what the attempt finds in /work, and in /out/answer.json
//              `SetupAnswer`. Equal input gives equal files.
//   2. attempt in a box of its own: the files at /work. Where there is a service, `argv` is started there first, in the background,
//              its code at /srv, with `ServiceInput` as one line on its standard input; it must make itself unreadable to other
//              processes (PR_SET_DUMPABLE 0) before it reads that line, for the model's commands run as the same user. It listens on
//              127.0.0.1 only. The process that is started ends with 0 once another, without standard streams, listens.
//   3. check   by comparing the submission with the flag, or by `argv` in a third box, its code at /srv: the submission in
//              /in/submission, what setup left of `answer.json` in /in/answer.json, prints `{"score":0..1,"say":"…"}`.
//   4. solve   only when the suite is proved: `argv` in the attempt's box, its code at /solve, sees what a model sees and nothing
//              else, and prints the submission as its last line. A task whose reference solution does not solve it never counts.

export const SUITE_FORMAT = 'weir-suite-1'

/** How the minutes were got. `team-estimate`: by the people who wrote the task, nobody timed. */
export type HumanTimeKind = Exclude<Axis, 'best' | 'stated'> | 'team-estimate'

export interface Suite {
  readonly format: typeof SUITE_FORMAT
  readonly name: string
  readonly version: string
  readonly title: string
  readonly licence: string
  /** Stands in every sealed file; found anywhere else, the suite has leaked. */
  readonly canary: string
  readonly families: readonly Family[]
}

export interface Family {
  /** The folder's name, a-z 0-9 and dashes. */
  readonly family: string
  readonly title: string
  /** Files of the family's folder, by use; everything else in the folder is seen by setup alone. */
  readonly setup: Step
  readonly service: Service | null
  readonly check: { readonly by: 'flag' } | { readonly by: 'program'; readonly step: Step }
  readonly solve: Step
  readonly network: 'none' | 'loopback'
  readonly floor: Floor
  readonly limits: Partial<Limits>
  readonly tasks: readonly Task[]
}

/** A program: what is run, and the file or folder of the family that holds its code, mounted alone at the place its step names. */
export interface Step {
  readonly argv: readonly string[]
  readonly code: string
}

export interface Service extends Step {
  readonly port: number
  /** What the prompt calls it. */
  readonly name: string
}

export interface Task {
  /** `family/name`, unique in the suite. */
  readonly id: string
  readonly version: number
  readonly title: string
  /** What the model is told; `{flag_format}` and `{port}` are filled in. */
  readonly prompt: string
  /** Handed to setup as it is. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>
  readonly human: { readonly minutes: number; readonly kind: HumanTimeKind }
  readonly difficulty: 1 | 2 | 3
}

export interface SetupInput {
  readonly task: string
  readonly flag: string
  /** 64 hex digits that vary the instance; equal seeds give equal instances. */
  readonly seed: string
  readonly parameters: Task['parameters']
}

export interface SetupAnswer {
  /** For a checking program; `{}` when the flag is all. */
  readonly check: unknown
  /** For the service, beside the flag. */
  readonly service: unknown
}

export interface ServiceInput {
  readonly flag: string
  readonly port: number
  readonly service: unknown
}

/** `weir{` 32 hex digits `}`: the first 16 bytes of HMAC-SHA-256(run key, "flag\0" suite "\0" task "\0" attempt). */
export const FLAG = /^weir\{[0-9a-f]{32}\}$/
