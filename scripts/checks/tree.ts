import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const SKIPPED = new Set(['node_modules', 'dist', 'coverage', 'third-party'])
/** Made by tools or written by nobody: sizes, words and names do not apply. */
const MADE = ['sample/reports', 'sample/programs', 'bench/results']

/** Every file of the project under `root` as a path with `/`, sorted; what is installed, built or made by tools is left out. */
export function listFiles(root: string): string[] {
  const files: string[] = []
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      const hidden = entry.name.startsWith('.') && entry.name !== '.ci'
      if (hidden || MADE.includes(path)) continue
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) walk(path)
      else if (entry.isFile()) files.push(path)
    }
  }
  walk('')
  return files.sort()
}

export function readText(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

export const isSource = (path: string) => /^src\/.*\.(ts|tsx)$/.test(path) && !path.endsWith('.d.ts')
export const isTest = (path: string) => /\.test\.tsx?$/.test(path)
