export interface DockerfileFacts {
  /** Name of the folder below $SRC that the build starts in; null: $SRC itself. */
  readonly folder: string | null
  /** Steps that need a network or make the image: said to people, never run. */
  readonly left: readonly string[]
}

const MOST_LINES = 5000
const MOST_LEFT = 20

/**
 * What a Dockerfile of the OSS-Fuzz layout tells without being run: where the build starts, and which steps it relies on that are
 * not run here. Hostile: any text.
 */
export function readDockerfile(text: string): DockerfileFacts {
  let folder: string | null = null
  const left: string[] = []
  let open = ''
  for (const line of text.split('\n', MOST_LINES)) {
    const whole = open + line.trim()
    if (/^#/.test(whole)) continue
    if (whole.endsWith('\\') && whole.length < 20_000) {
      open = `${whole.slice(0, -1)} `
      continue
    }
    open = ''
    const [, word = '', rest = ''] = /^([A-Za-z]{1,20})\s{1,50}(.{0,20000})$/.exec(whole) ?? []
    if (word.toUpperCase() === 'WORKDIR') folder = folderOf(rest)
    if (word.toUpperCase() === 'RUN' && left.length < MOST_LEFT) left.push(`RUN ${rest.replace(/\s+/g, ' ').slice(0, 200)}`)
  }
  return { folder, left }
}

/** The first folder below $SRC; null where it is $SRC itself or a name that no folder should have. */
function folderOf(rest: string): string | null {
  const path = rest
    .trim()
    .replace(/^["']|["']$/g, '')
    .replace(/^(?:\$SRC|\$\{SRC\}|\/src)(?:\/|$)/, '')
  const first = path.split('/', 1)[0] ?? ''
  return /^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/.test(first) ? first : null
}
