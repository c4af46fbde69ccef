import type { Command } from 'commander'
import type { Console } from '../console.ts'
import type { Exit } from '../exit.ts'

/** Ends a verb: its action answers the exit code, and whatever it throws is a Stop or a mistake of ours. */
export type Finish = (exit: Exit) => void

/** Adds one verb to the command line. */
export type Verb = (program: Command, screen: Console, finish: Finish) => void
