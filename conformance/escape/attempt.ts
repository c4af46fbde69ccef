import type { Limits } from '../../src/core/sandbox/limits.ts'
import type { Network } from '../../src/core/sandbox/tier.ts'
import type { Ground } from './ground.ts'

export type Area =
  | 'host-files'
  | 'other-runs'
  | 'environment'
  | 'descriptors'
  | 'proc'
  | 'network'
  | 'processes'
  | 'namespaces'
  | 'privileges'
  | 'mounts'
  | 'kernel'
  | 'devices'
  | 'cgroups'
  | 'bombs'
  | 'time'
  | 'output'
  | 'results'
  | 'archives'
  | 'agent'

type Argv = readonly string[]

/** How a run may end besides a program that says that it was refused. */
export type OtherEnd = 'wall-time' | 'cpu-time' | 'memory' | 'files' | 'signal'

/** A program that tries one thing and says how it went: the same program outside, where it succeeds, and inside. */
export interface Program {
  readonly name: string
  readonly area: Area
  readonly tries: string
  readonly inside: (ground: Ground) => Argv
  /** The control, run on a throw-away target; without it, what is run inside is run outside too. */
  readonly outside?: (ground: Ground) => Argv | Promise<Argv>
  /** Who runs the control; without it, the user of this round. `user` is an ordinary one. */
  readonly as?: 'root' | 'user'
  /** Environment of the control. */
  readonly env?: (ground: Ground) => Readonly<Record<string, string>>
  /** Descriptors of the control from 3 on; a `pipe` is a socket. */
  readonly gifts?: (ground: Ground) => readonly (number | 'pipe')[]
  /** Not every kernel has it: a control that says so proves nothing, and is counted apart. */
  readonly mayLack?: true
  readonly network?: Network
  readonly limits?: Partial<Limits>
  readonly ends?: readonly OtherEnd[]
  /** Not beside others. */
  readonly alone?: true
}

/** An attempt that needs more than one program: it asserts for itself. */
export interface Scenario {
  readonly name: string
  readonly area: Area
  readonly tries: string
  /** Asserts that the trick works on someone who is not careful. */
  readonly control: (ground: Ground) => Promise<void>
  readonly held: (ground: Ground) => Promise<void>
  readonly alone?: true
}

export type Attempt = Program | Scenario

/** Programs with one shape, for rows that fit a line: argv inside, and outside where it differs. */
export function tries(
  area: Area,
  name: string,
  says: string,
  inside: (ground: Ground) => Argv,
  rest: Omit<Program, 'area' | 'name' | 'tries' | 'inside'> = {},
): Program {
  return { area, name, tries: says, inside, ...rest }
}
