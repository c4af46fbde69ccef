type Built = { readonly build: readonly string[] }

/** Prints what a terminal would obey, writes and deletes wherever it can, fills the sandbox with processes, and never ends printing. */
export function hostileRecipe<T extends Built>(recipe: T): T {
  return {
    ...recipe,
    build: [
      "printf '\\033]0;owned\\007\\033[2J\\033[31m\\302\\2332J\\342\\200\\256gpj.exe\\r\\n'",
      'for at in / /usr /etc /tmp /proc/sys/kernel /sys /dev /in /out /work; do (echo owned >$at/owned) 2>/dev/null || :; done',
      'rm -rf /usr /etc /proc /sys 2>/dev/null || :',
      'n=0; while [ $n -lt 300 ]; do sleep 1000 & n=$((n + 1)); done 2>/dev/null || :',
      "head -c 1073741824 /dev/zero | tr '\\0' A || :",
      'exit 1',
    ],
  }
}

/** A build that takes longer than anybody waits. */
export function sleepyRecipe<T extends Built>(recipe: T): T {
  return { ...recipe, build: ['sleep 471'] }
}
