import { exposureVerb } from '../commands/exposure.ts'
import { EXIT, Stop } from '../exit.ts'
import { buildProgram } from '../program.ts'
import { inkFor } from '../text/ink.ts'

const INK = inkFor({}, {})

/** Runs `weir exposure` in this process: what it wrote, and its exit code. */
export async function weir(...words: readonly string[]): Promise<{ code: number; out: string[]; err: string }> {
  const out: string[] = []
  const err: string[] = []
  let code: number = EXIT.done
  const screen = {
    out: (line: string) => void out.push(line),
    tell: (line: string) => void err.push(line),
    ink: INK,
    tellInk: INK,
  }
  const program = buildProgram([exposureVerb], screen, (exit) => {
    code = exit
  })
  for (const one of [program, ...program.commands])
    one.configureOutput({ writeErr: (text) => void err.push(text) }).exitOverride()
  try {
    await program.parseAsync(['exposure', ...words], { from: 'user' })
  } catch (error) {
    code = error instanceof Stop ? error.exit : EXIT.badInput
    err.push((error as Error).message)
  }
  return { code, out, err: err.join('\n') }
}

/** Of a line of `--json`, what tests look at. */
export interface Found {
  readonly purl: string
  readonly id: string
  readonly aliases: readonly string[]
  readonly fixed: string | null
  readonly why: readonly string[]
  readonly directive: string
  readonly due: string | null
  readonly state: string
  readonly assumed: readonly string[]
  readonly assets: readonly string[]
  readonly outcomes: readonly { readonly days: number | null }[]
  readonly rule: string
  readonly analogy: readonly string[]
  readonly readings: readonly { readonly reading: string; readonly counts: boolean; readonly due: string | null }[]
  readonly records: readonly { readonly id: string }[]
}
/** The lines of `--json` as objects. */
export const found = (out: readonly string[]) => out.map((line) => JSON.parse(line) as Found)
