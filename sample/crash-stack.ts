export interface ProjectFrame {
  readonly file: string
  readonly line: number
}

// sanitizers (`in f /src/p/a.c:1:2`), Go (`/src/p/a.go:1 +0x2`), Python (`File "/src/p/a.py", line 1`), Java (`(A.java:1)`).
const FRAME = /\/src\/([^\s:"]+?\.(?:c|h|cpp|hpp|go|py))(?::|", line )(\d+)|\(([A-Z]\w*\.java):(\d+)\)/g
const HARNESS = /(?:^|\/)(?:fuzz_|stress_|replay\.c|cmd\/|Fuzz\.java)/

/** Places inside the project that a crash log names, in the order of the log; harness and runtime left out. */
export function projectFrames(log: string, project: string): ProjectFrame[] {
  const frames: ProjectFrame[] = []
  for (const [, path, line, javaFile, javaLine] of log.matchAll(FRAME)) {
    if (javaFile !== undefined && /^(?:CsvReader|CsvDate|Formula)\.java$/.test(javaFile)) {
      frames.push({ file: `src/org/example/beryl/${javaFile}`, line: Number(javaLine) })
    } else if (path?.startsWith(`${project}/`) && !HARNESS.test(path)) {
      frames.push({ file: path.slice(project.length + 1), line: Number(line) })
    }
  }
  // Python prints the innermost frame last.
  return log.includes('Traceback (most recent call last)') ? frames.reverse() : frames
}

/** What tells apart two crashes for the purpose of keeping a few of each: the summary's kind and the first three places. */
export function crashKey(log: string, project: string): string {
  const kind =
    /(?:Sanitizer: |libFuzzer: |runtime error: |^panic: |^fatal error: |Exception in thread "main" java\.lang\.|^(?=\w+Error))([\w-]+(?:[. ][\w-]+)?)/m.exec(
      log,
    )?.[1]
  const places = projectFrames(log, project).slice(0, 3)
  return `${kind} ${places.map((p) => `${p.file}:${p.line}`).join(' ')}`
}

// A runaway recursion prints hundreds of frames: one such log of each kind is enough.
const LONG = 20_000

/** At most `each` logs of every key, in the given order; logs without a place in the project are dropped. */
export function fewOfEach<T extends { readonly log: string }>(crashes: readonly T[], project: string, each: number): T[] {
  const seen = new Map<string, number>()
  return crashes.filter(({ log }) => {
    if (projectFrames(log, project).length === 0) return false
    const key = crashKey(log, project)
    const count = seen.get(key) ?? 0
    seen.set(key, count + 1)
    return count < (log.length > LONG ? 1 : each)
  })
}
