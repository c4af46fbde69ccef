/** Characters of one line that are read; what follows is kept in the raw bytes only. */
export const LINE_MAX = 4_096

const ESCAPES =
  /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-Z\\-_]|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f\ufeff]/g

const PREFIXES: readonly RegExp[] = [
  /^\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3,9} +\d{1,7} +\d{1,7} [VDIWEFA] [^:]{0,60}: ?/, // logcat, threadtime
  /^[VDIWEFA]\/[^(:]{1,60}\( *\d{1,7}\): ?/, // logcat, brief
  /^\[?\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z| ?[+-]\d{2}:?\d{2})?\]?[ \t|:]{1,3}/, // ISO 8601
  /^\[ {0,8}\d{1,8}\.\d{3,9}\] ?(?:\[ {0,6}[TC]\d{1,6}\] ?)?/, // kernel ring buffer
  /^\[\d{5,8}\.\d{3,6}\](?:\[\d{1,8}\]){2}(?:\[[^\]]{0,60}\])? ?(?:[A-Z]{4,7}: )?(?:\[[^\]]{0,60}\] ?)?/, // Fuchsia
  /^[A-Za-z0-9_.-]{1,40} {0,10}\| /, // docker compose
  /^\| /,
  /^(?:> ){1,8}/, // quoted in a mail
]

/** A line of a log as the readers take it: terminal escapes, control characters and the prefixes of log collectors taken away. */
export function cleanLine(raw: string): string {
  const clipped = raw.length > LINE_MAX ? raw.slice(0, LINE_MAX) : raw
  let line = /[\u0000-\u0008\u000b-\u001f\u007f\ufeff]/.test(clipped) ? clipped.replace(ESCAPES, '') : clipped
  for (let i = 0; i < 2; i++) {
    const prefix = prefixOf(line)
    if (prefix === 0) break
    line = line.slice(prefix)
  }
  return line.trimEnd()
}

function prefixOf(line: string): number {
  const head = line.slice(0, 160)
  if (!/^[\d[|>A-Za-z]/.test(head)) return 0
  for (const pattern of PREFIXES) {
    const found = pattern.exec(head)
    if (found && found[0].length > 0) return found[0].length
  }
  return 0
}

/** The lines of a text, cleaned; at most `most` of them. CRLF, LF and CR end a line. */
export function linesOf(text: string, most: number): string[] {
  const out: string[] = []
  let at = 0
  while (at < text.length && out.length < most) {
    let end = text.indexOf('\n', at)
    if (end < 0) end = text.length
    out.push(cleanLine(text.slice(at, end)))
    at = end + 1
  }
  return out
}
