import type { Proof } from '../proof.ts'
import type { Harness } from '../recipe.ts'

// An unpacker's answer is what it writes. After the program ended, the files it left are told with their sums on standard output,
// and taken away, as the next input runs in the same sandbox.
const SCRIPT = `"$@"; r=$?
for d in /tmp /out; do find "$d" -mindepth 1 -type f -size -4096k ! -name 'weir-*' 2>/dev/null | LC_ALL=C sort | head -n 200 |
while IFS= read -r f; do printf '\\nleft %s ' "$f"; cksum <"$f"; done; done
find /tmp -mindepth 1 -delete 2>/dev/null; find /out -mindepth 1 ! -name 'weir-*' -delete 2>/dev/null; exit "$r"`

/** The same proof with commands and scripts whose answers hold the files they write. */
export function watched(proof: Proof): Proof {
  return { ...proof, recipe: { ...proof.recipe, harnesses: proof.recipe.harnesses.map(watchedHarness) } }
}

function watchedHarness(harness: Harness): Harness {
  if (harness.kind !== 'command' && harness.kind !== 'script') return harness
  const placed = harness.kind === 'script' && !harness.run.includes('@@')
  return { ...harness, run: ['sh', '-c', SCRIPT, 'sh', ...harness.run, ...(placed ? ['@@'] : [])] }
}
