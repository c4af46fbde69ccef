import type { Recipe, Sanitizer } from '../../core/validation/recipe.ts'

export interface ProjectYaml {
  readonly language: Recipe['language']
  readonly sanitizer: Sanitizer
  readonly mainRepo: string | null
}

const LANGUAGES: Readonly<Record<string, Recipe['language']>> = {
  c: 'c',
  'c++': 'c++',
  python: 'python',
  javascript: 'javascript',
  jvm: 'java',
  go: 'go',
  rust: 'rust',
}
// AddressSanitizer finds the most; a project that lists others only is built with the first of these.
const PREFERRED: readonly Sanitizer[] = ['address', 'undefined', 'memory']
const MOST_LINES = 2000

/**
 * What a `project.yaml` says of language and sanitizers: its top level only, plain and listed scalars. Hostile: any text; what is not
 * understood counts as not said (c++ and address, the layout's own defaults).
 */
export function readProjectYaml(text: string): ProjectYaml {
  const plain = new Map<string, string>()
  const lists = new Map<string, string[]>()
  let open: string | null = null
  for (const line of text.split('\n', MOST_LINES)) {
    const field = /^([a-z_]{1,40}):(.{0,500})$/.exec(line.trimEnd())
    if (field !== null) {
      open = field[1]!
      const value = scalar(field[2]!)
      if (value.startsWith('['))
        lists.set(
          open,
          value
            .slice(1, value.endsWith(']') ? -1 : undefined)
            .split(',')
            .map(scalar),
        )
      else if (value !== '') plain.set(open, value)
    } else if (open !== null && /^\s{0,20}-\s/.test(line)) {
      const item = scalar(line.slice(line.indexOf('-') + 1, 500)).replace(/:.*$/, '')
      lists.set(open, [...(lists.get(open) ?? []), item].slice(0, 20))
    }
  }
  const listed = lists.get('sanitizers') ?? ['address']
  return {
    language: LANGUAGES[plain.get('language') ?? 'c++'] ?? 'other',
    sanitizer: PREFERRED.find((one) => listed.includes(one)) ?? 'none',
    mainRepo: plain.get('main_repo') ?? null,
  }
}

/** A scalar without quotes, comment and surrounding space. */
function scalar(text: string): string {
  const value = text.trim()
  const quoted = /^(["'])([^"']{0,400})\1/.exec(value)
  return quoted !== null ? quoted[2]! : (value.split(' #', 1)[0] ?? '').trim()
}
