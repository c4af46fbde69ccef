import { RUN_LIMITS } from '../../core/sandbox/limits.ts'
import type { Ran, RunAsk } from '../../core/validation/ask.ts'
import { type Listing, OUT } from './oss-fuzz-recipe.ts'

// A libFuzzer target has the name of its entry point in it, even stripped of symbols (the driver prints it).
const SCRIPT = `cd /work/src/${OUT} 2>/dev/null || exit 0
for file in *; do
  if [ -f "$file" ] && [ -x "$file" ] && grep -q LLVMFuzzerTestOneInput "$file"; then echo "target $file"; fi
  case $file in *_seeds) [ -d "$file" ] && echo "seeds \${file%_seeds}" ;; esac
done
`

/** The run that lists the fuzz targets of a built tree. */
export function listRun(entry: string, image: string | null): RunAsk {
  return {
    ask: 'run',
    purpose: 'list the fuzz targets',
    image,
    mounts: [{ entry, at: '/work/src' }],
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

/** What that run said. Hostile: names with anything but letters, digits, dot, dash and underscore are left out. */
export function readListing({ stdout }: Ran): Listing {
  const lines = new TextDecoder().decode(stdout.subarray(0, 256 << 10)).split('\n')
  const named = (word: string) =>
    lines.flatMap((line) => {
      const name = line.startsWith(`${word} `) ? line.slice(word.length + 1) : ''
      return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name) ? [name] : []
    })
  return { targets: named('target').sort().slice(0, 200), seeded: named('seeds').sort().slice(0, 200) }
}
