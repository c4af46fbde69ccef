import type { Recipe, Sanitizer } from '../recipe.ts'
import { TREE } from '../run/places.ts'

// A function that was inlined is missing from stacks, and a patch changes what is: states would differ for no other reason.
const PLAIN_STACKS = '-O1 -g -fno-omit-frame-pointer -fno-optimize-sibling-calls -fno-inline'

const FLAGS: Readonly<Record<Sanitizer, string>> = {
  address: '-fsanitize=address',
  undefined: '-fsanitize=undefined -fno-sanitize-recover=all',
  memory: '-fsanitize=memory -fsanitize-memory-track-origins',
  thread: '-fsanitize=thread',
  none: '',
}

/**
 * The environment a target is built and tested in, named as OSS-Fuzz names it, so that its build scripts find what they expect;
 * what the recipe's own `env` says goes before. Leaks are not looked for: tools that run while building leak, and it is no flaw.
 */
export function buildEnv(recipe: Recipe): Record<string, string> {
  const fuzzed = recipe.harnesses.some((harness) => harness.kind === 'libfuzzer')
  const flags = [PLAIN_STACKS, FLAGS[recipe.sanitizer], fuzzed ? '-fsanitize=fuzzer-no-link' : '']
    .filter((one) => one !== '')
    .join(' ')
  return {
    SRC: '/work',
    OUT: `${TREE}/_out`,
    WORK: `${TREE}/_work`,
    CFLAGS: flags,
    CXXFLAGS: flags,
    SANITIZER: recipe.sanitizer,
    FUZZING_ENGINE: 'libfuzzer',
    FUZZING_LANGUAGE: recipe.language,
    LIB_FUZZING_ENGINE: '-fsanitize=fuzzer',
    ARCHITECTURE: 'x86_64',
    ASAN_OPTIONS: 'detect_leaks=0',
    // Whatever stamps a time into what it builds takes this one instead: equal sources give equal trees.
    SOURCE_DATE_EPOCH: '1700000000',
    ZERO_AR_DATE: '1',
    PYTHONHASHSEED: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    TZ: 'UTC',
    ...recipe.env,
  }
}

/** The compiler, where the recipe names none: clang if it is there, as libFuzzer and MemorySanitizer need it. */
export const COMPILERS = `if command -v clang >/dev/null 2>&1; then cc=clang cxx=clang++; else cc=cc cxx=c++; fi
export CC="\${CC:-$cc}" CXX="\${CXX:-$cxx}"
unset cc cxx
mkdir -p "$OUT" "$WORK"`

/** Shell lines as one script for `sh -eu`: each starts in the tree. */
export function buildScript(lines: readonly string[]): string {
  const steps = lines.map((line) => `cd ${TREE}\n${line}`)
  return [COMPILERS, ...steps, `cd ${TREE}`, 'rmdir "$OUT" "$WORK" 2>/dev/null || :', ''].join('\n')
}
