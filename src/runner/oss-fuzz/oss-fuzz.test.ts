import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readDockerfile } from './dockerfile.ts'
import { readListing } from './list-targets.ts'
import { readOssFuzz } from './oss-fuzz-recipe.ts'
import { readProjectYaml } from './project-yaml.ts'

const YAML = `homepage: "https://example.org"
language: c
primary_contact: "a@example.org"
sanitizers:
  - undefined
  - address:
      experimental: true
# comment
main_repo: 'https://example.org/brack/brackwater.git'
`
const DOCKER = `FROM gcr.io/oss-fuzz-base/base-builder
RUN apt-get update && \\
    apt-get install -y autoconf
# RUN nothing
RUN git clone --depth 1 https://example.org/brack/brackwater.git brackwater
WORKDIR $SRC/brackwater
COPY build.sh *.cc $SRC/
`

test('a project.yaml says language, sanitizer and repository', () => {
  assert.deepEqual(readProjectYaml(YAML), {
    language: 'c',
    sanitizer: 'address',
    mainRepo: 'https://example.org/brack/brackwater.git',
  })
  assert.deepEqual(readProjectYaml('language: jvm\nsanitizers: [memory, none]'), {
    language: 'java',
    sanitizer: 'memory',
    mainRepo: null,
  })
  assert.deepEqual(readProjectYaml('\0\n- x\n:::'), { language: 'c++', sanitizer: 'address', mainRepo: null })
})

test('a Dockerfile is read for where the build starts and for what is not run', () => {
  const { folder, left } = readDockerfile(DOCKER)
  assert.equal(folder, 'brackwater')
  assert.deepEqual(left, [
    'RUN apt-get update && apt-get install -y autoconf',
    'RUN git clone --depth 1 https://example.org/brack/brackwater.git brackwater',
  ])
  for (const path of ['$SRC', '/src/', '../../etc', '$SRC/;rm'])
    assert.equal(readDockerfile(`WORKDIR ${path}`).folder, null, path)
  assert.equal(readDockerfile(`WORKDIR \${SRC}/x/y`).folder, 'x')
  readDockerfile('RUN \\\n'.repeat(10_000))
})

describe('a project folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-oss-'))
  test('becomes a recipe that holds its files and builds in their layout', () => {
    try {
      mkdirSync(join(folder, 'project', 'more'), { recursive: true })
      const script = '#!/bin/bash -eu\n$CC $CFLAGS $SRC/brackwater/lib.c $SRC/fuzz_a.cc -o $OUT/fuzz_a\n'
      writeFileSync(join(folder, 'project', 'build.sh'), script)
      writeFileSync(join(folder, 'project', 'fuzz_a.cc'), `// ${'x'.repeat(20_000)}`)
      writeFileSync(join(folder, 'project', 'more', 'dict'), '"a"')
      writeFileSync(join(folder, 'project', 'seeds.zip'), randomBytes(200_000))
      writeFileSync(join(folder, 'project', 'project.yaml'), YAML)
      writeFileSync(join(folder, 'project', 'Dockerfile'), DOCKER)
      const { recipe, notes } = readOssFuzz(
        join(folder, 'project'),
        { targets: ['fuzz_a', 'fuzz_b'], seeded: ['fuzz_a'] },
        'fuzz_a',
      )
      assert.equal(notes.length, 3)
      assert.match(notes[2]!, /too large.*seeds\.zip/)
      assert.deepEqual(recipe.benign, ['_out/fuzz_a_seeds'])
      assert.deepEqual(recipe.harnesses[1], { name: 'fuzz_b', kind: 'libfuzzer', run: ['/work/src/_out/fuzz_b', '@@'] })
      assert.ok(recipe.build.includes('cd /work/src && bash -eu /work/build.sh'))
      assert.ok(recipe.configure.every((line) => line.length < 9000))
      // The lines do what they say.
      const tree = join(folder, 'tree')
      mkdirSync(tree)
      const ran = spawnSync('sh', ['-eu', '-c', recipe.configure.join('\n')], { cwd: tree, encoding: 'utf8' })
      assert.equal(ran.status, 0, ran.stderr)
      assert.equal(readFileSync(join(tree, '_ossfuzz', 'build.sh'), 'utf8'), script)
      assert.equal(readFileSync(join(tree, '_ossfuzz', 'more', 'dict'), 'utf8'), '"a"')
      assert.throws(() => readOssFuzz(folder, null, null), { code: 'recipe.no-project' })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

test('a listing takes plain names only', () => {
  const stdout = new TextEncoder().encode('target b\ntarget a\nseeds a\ntarget ../x\ntarget c d\nnoise\ntarget \x1b[2J\n')
  assert.deepEqual(readListing({ stdout } as never), { targets: ['a', 'b'], seeded: ['a'] })
})
