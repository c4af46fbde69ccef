import type { Limits } from '../sandbox/limits.ts'

// A recipe says how a target is built, run and tested. It is hostile input: it only ever runs inside the sandbox.

export const RECIPE_VERSION = 'weir-recipe/1'

export const SANITIZERS = ['address', 'undefined', 'memory', 'thread', 'none'] as const
export type Sanitizer = (typeof SANITIZERS)[number]

/** A line for `sh -eu` inside the sandbox. The source is at /work/src: the working directory, and writable while building. */
export type ShellLine = string

export interface Recipe {
  readonly version: typeof RECIPE_VERSION
  /** Null: the machine's own toolchain. Else the digest (`sha256:` and hex) of an image: a tar of a root file system. */
  readonly image: string | null
  readonly language: 'c' | 'c++' | 'python' | 'javascript' | 'java' | 'go' | 'rust' | 'other'
  readonly sanitizer: Sanitizer
  /** Environment of configure, build, harnesses and tests. */
  readonly env: Readonly<Record<string, string>>
  /** Done once for a source tree, before any patch; empty where there is nothing to configure. */
  readonly configure: readonly ShellLine[]
  /** Done in the configured tree, and again after a patch in the tree as it was left: it may rebuild only what changed. */
  readonly build: readonly ShellLine[]
  readonly harnesses: readonly Harness[]
  /** The project's own tests. */
  readonly tests: readonly TestCommand[]
  /** Samples that must not fire, as paths inside the source tree (files, or folders of files). */
  readonly benign: readonly string[]
  readonly limits: { readonly build: Partial<Limits>; readonly run: Partial<Limits> }
}

/**
 * How an input reaches the target. In `run`, the word `@@` is the path of the input file; without one the input comes on standard
 * input. The built tree is at /work/src, read-only unless `writable` asks for a copy (slower: for servers that write into their
 * prefix).
 */
export type Harness = { readonly writable?: boolean } & HarnessKind
type HarnessKind =
  /** A libFuzzer binary: also used to replay, minimise and fuzz again. */
  | { readonly name: string; readonly kind: 'libfuzzer'; readonly run: readonly string[]; readonly network?: 'own-loopback' }
  /** Any command that reads the input, an AFL harness for example. */
  | { readonly name: string; readonly kind: 'command'; readonly run: readonly string[]; readonly network?: 'own-loopback' }
  /** A server that is started, waited for, and spoken to with the reproducer's exchange. */
  | {
      readonly name: string
      readonly kind: 'server'
      readonly run: readonly string[]
      /** Where it listens on its own loopback: a TCP port. */
      readonly port: number
      /** Milliseconds until it must accept a connection. */
      readonly readyMs: number
      /** Signal that asks it to end after the exchange; sanitizers report at exit too. */
      readonly stop: 'SIGTERM' | 'SIGINT' | 'SIGQUIT' | 'SIGKILL'
    }
  /** A script is the reproducer itself: `run` is the interpreter, `@@` the script. */
  | { readonly name: string; readonly kind: 'script'; readonly run: readonly string[]; readonly network?: 'own-loopback' }

export interface TestCommand {
  readonly name: string
  /** Exit code 0 is a pass. */
  readonly run: ShellLine
  readonly network?: 'own-loopback'
  readonly wallMs?: number
}
