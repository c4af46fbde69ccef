import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Harness, RECIPE_VERSION, type Recipe } from '../../core/validation/recipe.ts'
import { Failure } from '../failure.ts'
import { readDockerfile } from './dockerfile.ts'
import { packProjectFiles } from './project-files.ts'
import { readProjectYaml } from './project-yaml.ts'

// The layout of an OSS-Fuzz project (google.github.io/oss-fuzz, "Setting up a new project"): project.yaml, Dockerfile, build.sh.
// The builder sets SRC, OUT, WORK, CC, CXX, CFLAGS, CXXFLAGS, LIB_FUZZING_ENGINE and the rest; the build script leaves libFuzzer
// binaries and `NAME_seed_corpus.zip` in $OUT.

/** What a build left behind: the fuzz targets, and which of them have seeds. */
export interface Listing {
  readonly targets: readonly string[]
  readonly seeded: readonly string[]
}

export interface OssFuzz {
  readonly recipe: Recipe
  readonly notes: readonly string[]
}

const MOST_TEXT = 256 << 10
export const OUT = '_out'

/**
 * A recipe out of a project folder. Without a listing it has one harness that cannot run: enough to build and to list. The seeds of
 * `main` (the reproducers' harness) are its benign samples. Throws Failure where the folder is no such project.
 */
export function readOssFuzz(folder: string, listing: Listing | null, main: string | null): OssFuzz {
  const text = (name: string, needed: boolean): string => {
    const path = join(folder, name)
    if (existsSync(path) && statSync(path).size <= MOST_TEXT) return readFileSync(path, 'utf8')
    if (needed) throw new Failure('recipe.no-project', `There is no ${name}: this is no OSS-Fuzz project.`, { where: folder })
    return ''
  }
  const script = text('build.sh', true)
  const yaml = readProjectYaml(text('project.yaml', false))
  const docker = readDockerfile(text('Dockerfile', false))
  const files = packProjectFiles(folder)
  const names = new Set([docker.folder, repoName(yaml.mainRepo)].filter((name) => name !== null))
  const shell = /^#!.{0,40}bash/.test(script) ? 'bash' : 'sh'
  const recipe: Recipe = {
    version: RECIPE_VERSION,
    image: null,
    language: yaml.language,
    sanitizer: yaml.sanitizer,
    env: {},
    configure: files.lines,
    build: [
      'mkdir -p "$OUT" "$WORK"',
      'cp -a /work/src/_ossfuzz/. /work/',
      ...[...names].map((name) => `[ -e /work/${name} ] || ln -s /work/src /work/${name}`),
      `cd ${docker.folder === null && names.size > 0 ? '/work' : '/work/src'} && ${shell} -eu /work/build.sh`,
      'cd /work/src',
      unpackSeeds,
    ],
    harnesses: listing === null ? [harness('none-yet')] : listing.targets.map(harness),
    tests: [],
    benign: listing !== null && main !== null && listing.seeded.includes(main) ? [`${OUT}/${main}_seeds`] : [],
    limits: { build: {}, run: {} },
  }
  return { recipe, notes: [...docker.left.map(notRun), ...files.left.map(notTaken)] }
}

const unpackSeeds = [
  'for zip in "$OUT"/*_seed_corpus.zip; do',
  '[ -f "$zip" ] || continue;',
  `to=$(printf %s "$zip" | sed 's/_seed_corpus.zip$/_seeds/');`,
  'mkdir -p "$to";',
  'python3 -m zipfile -e "$zip" "$to";',
  'done',
].join(' ')

function harness(name: string): Harness {
  return { name, kind: 'libfuzzer', run: [`/work/src/${OUT}/${name}`, '@@'] }
}

function repoName(url: string | null): string | null {
  const name = url === null ? '' : basename(url.replace(/\/+$/, '')).replace(/\.git$/, '')
  return /^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/.test(name) ? name : null
}

const notRun = (step: string) => `Not run: "${step}". What it installs or fetches has to be here, or in an image of the recipe.`
const notTaken = (path: string) => `Left out, because it is too large for a recipe: ${path}`
