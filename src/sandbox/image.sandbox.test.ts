import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { startSandbox } from '../devkit/sandbox.ts'
import { runScript } from '../devkit/sandbox-checks.ts'

const PROGRAMS = ['sh', 'head', 'tar', 'cat', 'ls']

/** A root file system with five programs and the libraries they need, and nothing that Node needs beside. */
function makeImage(): Uint8Array {
  const root = mkdtempSync(join(tmpdir(), 'weir-image-'))
  try {
    mkdirSync(join(root, 'usr/bin'), { recursive: true })
    mkdirSync(join(root, 'etc'))
    symlinkSync('usr/bin', join(root, 'bin'))
    writeFileSync(join(root, 'etc/issue'), 'an image\n')
    for (const name of PROGRAMS) {
      const program = realpathSync(spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim())
      copyFileSync(program, join(root, 'usr/bin', name))
      const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' })
      for (const [, library] of stdout.matchAll(/(?:^|\s)(\/\S+)(?= \(0x)/g)) {
        mkdirSync(join(root, dirname(library!)), { recursive: true })
        copyFileSync(library!, join(root, library!))
      }
    }
    return spawnSync('tar', ['-c', '-C', root, '.'], { maxBuffer: 1 << 28 }).stdout
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

describe('an image as the root', () => {
  test('its programs run, the host’s are not there, and the drivers’ Node runs all the same', async () => {
    const sandbox = await startSandbox()
    try {
      const bytes = makeImage()
      const limits = { bytes: 1 << 28, files: 1000 }
      const { answer } = await sandbox.ask({ do: 'fill', entry: 'image-small', limits, bytes: bytes.length }, bytes)
      assert.equal(answer.did, 'filled', JSON.stringify(answer))
      const script = 'cat /etc/issue; ls /usr/bin; /weir/node -e "console.log(process.platform)"'
      const ran = await runScript(sandbox, script, { open: { image: 'image-small' } })
      assert.deepEqual(
        ran.stdout.split('\n').filter((line) => line !== ''),
        ['an image', ...[...PROGRAMS].sort(), 'linux'],
        ran.stderr,
      )
    } finally {
      await sandbox.stop()
    }
  })
})
