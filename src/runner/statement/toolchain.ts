import { createHash } from 'node:crypto'
import { RUN_LIMITS } from '../../core/sandbox/limits.ts'
import type { Ran, RunAsk } from '../../core/validation/ask.ts'

export interface Toolchain {
  /** SHA-256, hex, over the lines. */
  readonly digest: string
  readonly says: readonly string[]
}

// One line for each tool that is there: its name and what it says of itself first.
const SCRIPT = `for tool in cc gcc g++ clang clang++ ld python3 node java go rustc make; do
  command -v "$tool" >/dev/null 2>&1 || continue
  case $tool in go) say=$(go version 2>&1) ;; ld) say=$(ld -v 2>&1) ;; java) say=$(java -version 2>&1) ;; *) say=$("$tool" --version 2>&1) ;; esac
  printf '%s: %s\\n' "$tool" "$(printf '%s\\n' "$say" | grep -v '^Picked up' | head -n 1)"
done
printf 'libc: %s\\n' "$(ldd --version 2>&1 | head -n 1)"
printf 'node of the drivers: %s\\n' "$(/weir/node --version 2>&1)"
`
const MOST_LINES = 30

/** The run that asks a sandbox which tools it has. */
export function toolchainRun(image: string | null): RunAsk {
  return {
    ask: 'run',
    purpose: 'versions of the tools',
    image,
    mounts: [],
    files: [],
    argv: ['sh', '-c', SCRIPT],
    env: {},
    cwd: '/work',
    stdin: null,
    limits: RUN_LIMITS,
    network: 'none',
    get: [],
    keep: null,
  }
}

/** The tools as they called themselves; an image's tools are hostile, so lines are cut and counted. */
export function readToolchain({ stdout }: Ran): Toolchain {
  const lines = new TextDecoder().decode(stdout.subarray(0, 64 << 10)).split('\n')
  const says = lines
    .map((line) => line.replace(/[^\x20-\x7e]/g, '?').slice(0, 200))
    .filter((line) => line !== '')
    .slice(0, MOST_LINES)
  return { digest: createHash('sha256').update(says.join('\n')).digest('hex'), says }
}
