import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { inertMarkdown } from '../../formats/advisory/inert-markdown.ts'
import { xmlText } from '../../formats/advisory/render-atom.ts'

export interface Leak {
  /** Path below the folder. */
  readonly path: string
  /** Which of the secrets, by its place in the list. */
  readonly secret: number
}

/**
 * Where any of the secrets stands in a file or a file name below a folder: as it is, in other case, escaped for JSON, XML,
 * markdown or an address, in hexadecimal or in base64. Links are not followed. An empty secret is refused by RangeError.
 */
export function scanTree(folder: string, secrets: readonly string[]): Leak[] {
  if (secrets.includes('')) throw new RangeError('an empty secret is everywhere')
  const forms = secrets.map(formsOf)
  const found: Leak[] = []
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const full = join(entry.parentPath, entry.name)
    const path = relative(folder, full)
    const text = entry.isFile() ? `${path}\n${readFileSync(full, 'utf8')}` : path
    const folded = text.toLowerCase()
    for (const [n, { exact, anyCase }] of forms.entries()) {
      if (anyCase.some((form) => folded.includes(form)) || exact.some((form) => text.includes(form)))
        found.push({ path, secret: n })
    }
  }
  return found
}

function formsOf(secret: string): { readonly exact: string[]; readonly anyCase: string[] } {
  const json = (text: string) => JSON.stringify(text).slice(1, -1)
  const plain = [secret, json(secret), xmlText(secret), encodeURIComponent(secret.toWellFormed())]
  const markdown = inertMarkdown(secret)
  const bytes = Buffer.from(secret)
  return {
    exact: base64Forms(bytes),
    anyCase: [...plain, markdown, json(markdown), bytes.toString('hex')].map((form) => form.toLowerCase()),
  }
}

// Base64 of a piece depends on where in a group of three bytes it begins; only the characters that no neighbour changes are kept.
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const inner = encoded.slice(shift === 0 ? 0 : shift + 1, (bytes.length + shift) % 3 === 0 ? undefined : -1)
    return inner.length >= 8 ? [inner, inner.replaceAll('+', '-').replaceAll('/', '_')] : []
  })
}
