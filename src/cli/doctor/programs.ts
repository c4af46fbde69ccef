import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Check, good, wanting } from './check.ts'

/** The first of those programs on the PATH, or null. */
export function onPath(names: readonly string[], path: string): string | null {
  for (const name of names) {
    for (const folder of path.split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK)
        return join(folder, name)
      } catch {
        // Not in this folder.
      }
    }
  }
  return null
}

/** The command that installs a Debian package here: with sudo where we are not root, Homebrew's word on a Mac. */
export function install(apt: string, brew: string | null): string {
  if (process.platform === 'darwin') return brew === null ? 'not available on macOS' : `brew install ${brew}`
  return `${process.getuid?.() === 0 ? '' : 'sudo '}apt-get install -y ${apt}`
}

/** Programs that only some of Weir needs. */
export function checkPrograms(env: NodeJS.ProcessEnv): Check[] {
  const path = env['PATH'] ?? ''
  const chromium = env['WEIR_CHROMIUM'] ?? onPath(['chromium', 'chromium-browser', 'google-chrome'], path)
  const bubblewrap = onPath(['bwrap'], path)
  const clang = onPath(['clang-19'], path)
  const symbolizer = onPath(['llvm-symbolizer-19'], path)
  const corpus = env['WEIR_CORPUS']
  return [
    chromium === null
      ? wanting('chromium', 'not found: browser tests are left out', install('chromium', '--cask chromium'))
      : good('chromium', `${chromium} (browser tests)`),
    bubblewrap === null
      ? wanting('bubblewrap', 'not found: reproducers and patches cannot be run here', install('bubblewrap', null))
      : good('bubblewrap', `${bubblewrap} (validation)`),
    clang === null || symbolizer === null
      ? wanting(
          'clang',
          'clang-19 or llvm-symbolizer-19 not found: npm run sample cannot make the sample anew',
          install('clang-19 llvm-19 clang-tools-19', 'llvm@19'),
        )
      : good('clang', `${clang} (npm run sample)`),
    corpus
      ? good('corpus', `${corpus} (tests on real data)`)
      : wanting('corpus', 'WEIR_CORPUS names no folder: tests on real data are left out', 'WEIR_CORPUS=FOLDER npm test'),
  ]
}
