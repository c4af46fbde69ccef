import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecResult, OpenSpec, RunSpec, SandboxAnswer } from '../core/sandbox/contract.ts'
import { type Limits, RUN_LIMITS } from '../core/sandbox/limits.ts'
import type { TestSandbox } from './sandbox.ts'

/** One thing that every tier must do; `run` throws where it does not. */
export interface SandboxCheck {
  readonly name: string
  run(sandbox: TestSandbox): Promise<void>
}

const MIB = 1 << 20
const LIMITS: Limits = {
  ...RUN_LIMITS,
  wallMs: 30_000,
  cpuSeconds: 20,
  memoryBytes: 512 * MIB,
  diskBytes: 32 * MIB,
  files: 5000,
}

export function openSpec(changes: Partial<OpenSpec> = {}, limits: Partial<Limits> = {}): OpenSpec {
  const limited = { ...LIMITS, ...limits }
  return { limits: limited, network: 'none', floor: 'namespace-user', image: null, mounts: [], ...changes }
}

let count = 0

interface Ran {
  readonly answer: Extract<SandboxAnswer, { did: 'ran' }>
  readonly stdout: string
  readonly stderr: string
  readonly got: Uint8Array
}

/** Runs a shell script once; throws where it is refused. */
export async function runScript(
  sandbox: TestSandbox,
  script: string,
  changes: { spec?: Partial<RunSpec>; limits?: Partial<Limits>; open?: Partial<OpenSpec>; bytes?: Uint8Array } = {},
): Promise<Ran> {
  const spec: RunSpec = {
    open: openSpec(changes.open, changes.limits),
    put: 0,
    exec: { argv: ['sh', '-c', script], env: {}, cwd: '/work' },
    stdin: 0,
    get: [],
    keep: null,
    ...changes.spec,
  }
  const { answer, bytes } = await sandbox.ask({ do: 'run', box: `check-${++count}`, spec }, changes.bytes)
  if (answer.did !== 'ran') throw new Error(`refused: ${JSON.stringify(answer)}`)
  const text = (from: number, length: number) => Buffer.from(bytes.subarray(from, from + length)).toString('utf8')
  return {
    answer,
    stdout: text(0, answer.stdout),
    stderr: text(answer.stdout, answer.stderr),
    got: bytes.subarray(answer.stdout + answer.stderr),
  }
}

/** Opens a sandbox for `use`, which runs scripts in it one after the other, and closes it. */
async function session(
  sandbox: TestSandbox,
  use: (exec: (script: string, wallMs?: number) => Promise<ExecResult & { text: string }>, box: string) => Promise<void>,
  changes: { limits?: Partial<Limits>; open?: Partial<OpenSpec> } = {},
): Promise<void> {
  const box = `check-${++count}`
  const opened = await sandbox.ask({ do: 'open', box, spec: openSpec(changes.open, changes.limits) })
  assert.equal(opened.answer.did, 'opened', JSON.stringify(opened.answer))
  try {
    await use(async (script, wallMs) => {
      const spec = { argv: ['sh', '-c', script], env: {}, cwd: '/work', ...(wallMs === undefined ? {} : { wallMs }) }
      const { answer, bytes } = await sandbox.ask({ do: 'exec', box, spec })
      if (answer.did !== 'executed') throw new Error(JSON.stringify(answer))
      return { ...answer, text: Buffer.from(bytes).toString('utf8') }
    }, box)
  } finally {
    await sandbox.ask({ do: 'close', box })
  }
}

/** An archive of `files` made by this machine's tar. */
export function packed(files: Readonly<Record<string, string>>): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'weir-pack-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return spawnSync('tar', ['-c', '-f', '-', ...Object.keys(files)], { cwd: folder }).stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const ended = (exit: number) => ({ how: 'ended', exit, signal: null })
const signalled = (signal: string) => ({ how: 'ended', exit: null, signal })

/** The contract, as far as it can be seen from outside: for any tier, one-shot and in a session. */
export const SANDBOX_CHECKS: readonly SandboxCheck[] = [
  {
    name: 'exit codes and signals are told apart, above 128 too',
    run: async (sandbox) => {
      for (const code of [0, 1, 77, 139, 255]) {
        assert.deepEqual((await runScript(sandbox, `exit ${code}`)).answer.end, ended(code))
      }
      for (const signal of ['SEGV', 'ABRT', 'KILL', 'PIPE', 'INT', 'TERM']) {
        assert.deepEqual((await runScript(sandbox, `kill -${signal} $$`)).answer.end, signalled(`SIG${signal}`))
      }
    },
  },
  {
    name: 'a program that is not there is exit 127, a folder that is not there a refusal',
    run: async (sandbox) => {
      const exec = { argv: ['no-such-program'], env: {}, cwd: '/work' }
      assert.deepEqual((await runScript(sandbox, '', { spec: { exec } })).answer.end, ended(127))
      await assert.rejects(
        runScript(sandbox, '', { spec: { exec: { ...exec, argv: ['true'], cwd: '/no/such' } } }),
        /there is no folder \/no\/such inside/,
      )
    },
  },
  {
    name: 'user, environment, folders and host name are those of the contract',
    run: async (sandbox) => {
      const exec = { argv: ['env'], env: { ODD: `a'b "c" $d\n\\e`, EMPTY: '' }, cwd: '/work' }
      const env = (await runScript(sandbox, '', { spec: { exec } })).stdout
      const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
      assert.equal(env, `PATH=${path}\nHOME=/work\nLANG=C.UTF-8\nODD=${exec.env.ODD}\nEMPTY=\n`)
      const seen = await runScript(
        sandbox,
        'id -u; id -g; pwd; hostname; for d in /work /in /tmp /out /dev/shm; do echo x >$d/x || echo no $d; done; umask',
      )
      assert.equal(seen.stdout, '1000\n1000\n/work\nsandbox\n0022\n')
      const shut =
        'for d in / /usr /etc /weir /src /var /run /dev /proc/sys; do touch $d/x 2>/dev/null && echo open $d; done; true'
      assert.equal((await runScript(sandbox, shut)).stdout, '')
    },
  },
  {
    name: 'words and standard input arrive as they are',
    run: async (sandbox) => {
      const argv = ['printf', '[%s]', "it's", 'a\nb', '', '$(x) `y` *', 'ä€', '-n']
      assert.equal(
        (await runScript(sandbox, '', { spec: { exec: { argv, env: {}, cwd: '/' } } })).stdout,
        argv
          .slice(2)
          .map((word) => `[${word}]`)
          .join(''),
      )
      const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * 31) & 255))
      const back = await runScript(sandbox, 'wc -c; wc -c </dev/stdin', { spec: { stdin: bytes.length }, bytes })
      assert.match(back.stdout, /^300000\n/)
    },
  },
  {
    name: 'wall time ends the run and what it started',
    run: async (sandbox) => {
      const began = performance.now()
      const { answer, stdout } = await runScript(sandbox, 'echo here; (sleep 60 &); sleep 60', { limits: { wallMs: 300 } })
      assert.deepEqual(answer.end, { how: 'wall-time' })
      assert.equal(stdout, 'here\n')
      assert.ok(performance.now() - began < 15_000)
    },
  },
  {
    name: 'processor time ends the run',
    run: async (sandbox) => {
      const { answer } = await runScript(sandbox, 'while :; do :; done', { limits: { cpuSeconds: 1 } })
      assert.deepEqual(answer.end, { how: 'cpu-time' })
    },
  },
  {
    name: 'memory ends the run, and is never told as a crash',
    run: async (sandbox) => {
      const eat = "x='aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'; while :; do x=$x$x; done"
      const { answer } = await runScript(sandbox, eat, { limits: { memoryBytes: 96 * MIB } })
      assert.deepEqual(answer.end, { how: 'memory' })
    },
  },
  {
    name: 'files in the writable places count as memory',
    run: async (sandbox) => {
      const fill = 'for d in /work /tmp /out /in; do head -c 60000000 /dev/zero >$d/x; done; sleep 1'
      const { answer } = await runScript(sandbox, fill, { limits: { memoryBytes: 96 * MIB, diskBytes: 64 * MIB } })
      assert.deepEqual(answer.end, { how: 'memory' })
    },
  },
  {
    name: 'a full place is the program’s own business',
    run: async (sandbox) => {
      const { answer, stderr } = await runScript(sandbox, 'head -c 100000000 /dev/zero >/tmp/x', {
        limits: { diskBytes: 8 * MIB },
      })
      assert.deepEqual(answer.end, ended(1))
      assert.match(stderr, /No space left/)
    },
  },
  {
    name: 'too many files end the run',
    run: async (sandbox) => {
      const many = 'mkdir d; cd d; while :; do for n in 1 2 3 4 5 6 7 8 9 0; do : >$n; done; mkdir d; cd d; done'
      const { answer } = await runScript(sandbox, many, { limits: { files: 500 } })
      assert.deepEqual(answer.end, { how: 'files' })
    },
  },
  {
    name: 'processes are limited, and the sandbox’s own part lives on',
    run: (sandbox) =>
      session(
        sandbox,
        async (exec) => {
          const { end, text } = await exec('n=0; while [ $n -lt 100 ]; do sleep 5 & n=$((n+1)); done; echo all of them')
          assert.notDeepEqual([end, text], [ended(0), 'all of them\n'])
        },
        { limits: { processes: 20 } },
      ),
  },
  {
    name: 'output beyond the cap is dropped and counted while the program goes on',
    run: async (sandbox) => {
      const { answer, stdout } = await runScript(sandbox, 'head -c 9000000 /dev/zero; echo end >&2', {
        limits: { outputBytes: 1000 },
      })
      assert.equal(stdout.length, 1000)
      assert.deepEqual(answer.dropped, { stdout: 8_999_000, stderr: 0 })
      assert.deepEqual(answer.end, ended(0))
    },
  },
  {
    name: 'the network is none, or one’s own loopback',
    run: async (sandbox) => {
      const script =
        "/weir/node -e \"const s=require('net').createServer();s.on('error',e=>{console.log(e.code);process.exit()});s.listen(0,'127.0.0.1',()=>{console.log('listening');process.exit()})\""
      assert.notEqual((await runScript(sandbox, script)).stdout, 'listening\n')
      assert.equal((await runScript(sandbox, script, { open: { network: 'own-loopback' } })).stdout, 'listening\n')
    },
  },
  {
    name: 'what a run leaves behind cannot kill, stop or read the sandbox’s own part',
    run: (sandbox) =>
      session(sandbox, async (exec) => {
        await exec(
          'kill -9 1; kill -STOP 1; kill -9 -1; (head -c 1 /proc/1/mem; head -c 1 /proc/$PPID/mem; for f in /proc/1/fd/* /proc/$PPID/fd/*; do case $(readlink $f) in /weir/*|/dev/null) ;; *) (: <$f) && echo $f ;; esac; done) >/work/seen 2>/dev/null; true',
        )
        const { end, text } = await exec('wc -c </work/seen')
        assert.deepEqual(end, ended(0))
        assert.equal(text, '0\n')
      }),
  },
  {
    name: 'who kills the witness of his run loses the sandbox, and nothing is said about him; or he cannot',
    run: async (sandbox) => {
      const { answer } = await runScript(sandbox, 'kill -9 $PPID && sleep 5; exit 3')
      if (answer.end.how === 'ended') assert.deepEqual(answer.end, ended(3))
      else assert.deepEqual(answer.end, { how: 'lost' })
    },
  },
  {
    name: 'a session keeps its files and its daemons between execs, and its output apart',
    run: (sandbox) =>
      session(sandbox, async (exec) => {
        await exec('echo one >a; (while :; do echo noise; sleep 0.02; done) & echo $! >pid')
        for (let n = 0; n < 6; n++) assert.equal((await exec('cat a')).text, 'one\n')
        assert.deepEqual((await exec('kill $(cat pid)')).end, ended(0))
        assert.deepEqual((await exec('sleep 9', 100)).end, { how: 'wall-time' })
        await assert.rejects(exec('true'), /sandbox\.not-open/)
      }),
  },
  {
    name: 'put, get and keep carry files, with their times',
    run: async (sandbox) => {
      const entry = `tree-${++count}`
      await session(sandbox, async (exec, box) => {
        const archive = packed({ 'a/b.txt': 'hello\n' })
        assert.equal((await sandbox.ask({ do: 'put', box, at: '/work/x' }, archive)).answer.did, 'put')
        assert.equal(
          (
            await exec(
              'cat x/a/b.txt; touch -d @1000000000 x/a/b.txt; chmod +x x/a/b.txt; ln -s b.txt x/a/l; ln -s /etc/passwd x/a/out; mkfifo x/f; ln x/a/b.txt x/h',
            )
          ).text,
          'hello\n',
        )
        const got = await sandbox.ask({ do: 'get', box, path: '/work/x' })
        assert.equal(got.answer.did, 'got')
        const listed = spawnSync('tar', ['-tf', '-'], { input: got.bytes }).stdout.toString()
        assert.equal(listed, 'work/\nwork/x/\nwork/x/a/\nwork/x/a/b.txt\nwork/x/h\n')
        const kept = await sandbox.ask({ do: 'keep', box, path: '/work/x', entry })
        assert.ok(kept.answer.did === 'kept')
        assert.deepEqual([...kept.answer.leftOut].sort(), [
          'a/out: it is a link that leads out',
          'f: it is no file, folder or link',
        ])
      })
      const look = 'cd /work/src && cat a/l && find a/b.txt -printf "%Ts %M\\n" && cat h && ! touch x'
      const seen = await runScript(sandbox, look, { open: { mounts: [{ entry, at: '/work/src' }] } })
      assert.equal(seen.stdout, 'hello\n1000000000 -rwxr-x---\nhello\n')
      assert.equal((await sandbox.ask({ do: 'drop', entry })).answer.did, 'dropped')
      const missing = await sandbox.ask({ do: 'open', box: 'none', spec: openSpec({ mounts: [{ entry, at: '/in/x' }] }) })
      assert.ok(missing.answer.did === 'refused' && missing.answer.code === 'sandbox.no-entry')
    },
  },
  {
    name: 'one run puts, runs, gets and keeps; equal trees have equal digests',
    run: async (sandbox) => {
      const archive = packed({ 'work/src/main.txt': '1\n', 'in/seed': '2\n' })
      const trees = [`tree-${++count}`, `tree-${++count}`].map(async (entry) => {
        const ran = await runScript(sandbox, 'cat /work/src/main.txt /in/seed; cat; echo 3 >/out/three', {
          spec: { put: archive.length, stdin: 2, get: ['/out/three', '/no'], keep: { path: '/work/src', entry } },
          bytes: Buffer.concat([archive, Buffer.from('4\n')]),
        })
        assert.equal(ran.stdout, '1\n2\n4\n')
        assert.deepEqual(ran.answer.leftOut, ['/no: it is not there'])
        assert.equal(spawnSync('tar', ['-xOf', '-'], { input: ran.got }).stdout.toString(), '3\n')
        return ran.answer.kept
      })
      const [one, two] = await Promise.all(trees)
      assert.match(one?.digest ?? '', /^sha256:[0-9a-f]{64}$/)
      assert.equal(one?.digest, two?.digest)
      const failed = await runScript(sandbox, 'false', { spec: { keep: { path: '/work', entry: `tree-${++count}` } } })
      assert.equal(failed.answer.kept, null)
    },
  },
  {
    name: 'an image is the root instead of the machine’s own',
    run: async (sandbox) => {
      const entry = `image-${++count}`
      const limits = { bytes: 64 * MIB, files: 1000 }
      const filled = await sandbox.ask({ do: 'fill', entry, limits }, smallImage())
      assert.equal(filled.answer.did, 'filled', JSON.stringify(filled.answer))
      const seen = await runScript(sandbox, 'cat /etc/mark /etc/hostname; [ -e /usr/share ] || echo small; id -u 2>/dev/null', {
        open: { image: entry },
      })
      assert.equal(seen.stdout, 'an image\nsandbox\nsmall\n', seen.stderr)
    },
  },
  {
    name: 'AddressSanitizer reports inside, with addresses that repeat',
    run: async (sandbox) => {
      const source = '#include <stdlib.h>\nint main(int c,char**v){char*p=malloc(4);return p[c+4];}\n'
      const script = 'cat >a.c; gcc -g -fsanitize=address a.c -o a || exit 9; ./a; ./a'
      const { stderr, answer } = await runScript(sandbox, script, {
        spec: { stdin: source.length },
        bytes: Buffer.from(source),
      })
      assert.deepEqual(answer.end, ended(1))
      const places = [...stderr.matchAll(/heap-buffer-overflow on address (0x[0-9a-f]+)/g)].map((found) => found[1])
      assert.equal(places.length, 2, stderr)
      assert.equal(places[0], places[1])
    },
  },
  {
    name: 'no run sees another',
    run: (sandbox) =>
      session(sandbox, async (exec) => {
        await exec('echo secret >/tmp/s; echo secret >/dev/shm/s; sleep 100 & echo')
        const { stdout } = await runScript(
          sandbox,
          'echo /tmp/* /dev/shm/* /work/*; cat /tmp/s /dev/shm/s 2>/dev/null; for p in /proc/[0-9]*; do tr "\\0" " " <$p/cmdline; done',
        )
        assert.doesNotMatch(stdout, /secret|sleep/)
        assert.equal((await exec('cat /tmp/s')).text, 'secret\n')
      }),
  },
]

/** A root file system with a shell, tar and cat, from this machine's own, with an absolute link. */
function smallImage(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'weir-image-'))
  try {
    const script = `
      set -e; mkdir -p usr/bin usr/lib lib lib64 etc
      for program in sh cat tar mkdir; do
        path=$(readlink -f "$(command -v $program)"); cp "$path" usr/bin/$program
        ldd "$path" | sed -n 's/.*=> \\(\\/[^ ]*\\).*/\\1/p; s/^[[:space:]]*\\(\\/[^ ]*\\).*/\\1/p' | while read -r one; do
          mkdir -p ".\${one%/*}"; cp -L "$one" ".$one"
        done
      done
      ln -s /usr/bin bin; echo 'an image' >etc/mark; tar -c -f - .`
    const made = spawnSync('sh', ['-c', script], { cwd: folder, maxBuffer: 64 * MIB })
    assert.equal(made.status, 0, made.stderr.toString())
    return made.stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
