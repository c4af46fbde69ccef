// Version orders beside the ecosystems' own tools, those that are installed: WEIR_PAIRS random pairs each (200,000), no difference.
import { spawnSync } from 'node:child_process'
import { seeded } from '../../bench/shapes.ts'
import type { VersionOrder } from '../../src/core/kernel/version-order.ts'
import { versionOrder } from '../../src/core/kernel/version-order.ts'

interface Judge {
  readonly ecosystem: string
  readonly tool: string
  /** Reads lines of two versions and a space between, writes -1, 0, 1, or x where it refuses one. */
  readonly command: readonly [string, ...string[]]
  readonly starts: readonly string[]
  readonly pieces: readonly string[]
}

const PYTHON_LINES = 'import sys\nfor l in sys.stdin:\n  a,b=l.rstrip("\\n").split(" ")\n'
const JUDGES: readonly Judge[] = [
  {
    ecosystem: 'Debian',
    tool: 'Dpkg::Version',
    command: [
      'perl',
      '-MDpkg::Version',
      '-ne',
      'chomp; my ($x,$y)=map {Dpkg::Version->new($_,check=>1)} split / /; print((defined $x && defined $y && $x->is_valid && $y->is_valid) ? ($x<=>$y)."\\n" : "x\\n")',
    ],
    starts: ['1', '1:1', '2.0', '0'],
    pieces: ['0', '1', '9', '10', '01', '.', '-', '+', '~', 'a', 'Z', ':', 'rc', '.0'],
  },
  {
    ecosystem: 'RubyGems',
    tool: 'Gem::Version',
    command: [
      'ruby',
      '-e',
      'STDIN.each_line{|l| a,b=l.chomp.split(" "); puts((Gem::Version.new(a)<=>Gem::Version.new(b))) rescue puts "x"}',
    ],
    starts: ['1', '1.0', '2.1', '0'],
    pieces: ['0', '1', '10', '01', '.', '.', '-', 'a', 'Z', 'rc', '.0', '.pre'],
  },
  {
    ecosystem: 'PyPI',
    tool: 'packaging.version',
    command: [
      'python3',
      '-c',
      `from packaging.version import Version as V, InvalidVersion\n${PYTHON_LINES}  try: print((V(a)>V(b))-(V(a)<V(b)))\n  except InvalidVersion: print("x")`,
    ],
    starts: ['1', '1.0', 'v2.1', '1!0'],
    pieces: ['0', '1', '10', '.', 'a', 'b2', 'rc', '.0', '.dev', '.post', '-1', '+x', '.01', '_c', 'rev'],
  },
  {
    ecosystem: 'RPM',
    tool: 'rpm.ver',
    command: ['/usr/bin/python3', '-c', `import rpm\n${PYTHON_LINES}  x,y=rpm.ver(a),rpm.ver(b); print((x>y)-(x<y))`],
    starts: ['1', '1:1', '2.0', '0'],
    pieces: ['0', '1', '9', '10', '01', '.', '-', '+', '~', '^', 'a', 'Z', 'rc', '_', '.0', 'el7'],
  },
  {
    ecosystem: 'ALPM',
    tool: 'libalpm',
    command: [
      'python3',
      '-c',
      `import ctypes\nf=ctypes.CDLL("libalpm.so.13").alpm_pkg_vercmp\nf.argtypes=[ctypes.c_char_p]*2\n${PYTHON_LINES}  c=f(a.encode(),b.encode()); print((c>0)-(c<0))`,
    ],
    starts: ['1', '1:1', '2.0', '0'],
    pieces: ['0', '1', '9', '10', '01', '.', '-', '+', 'a', 'Z', 'rc', '_', '.0', '..'],
  },
  {
    ecosystem: 'Packagist',
    tool: 'composer/semver and version_compare',
    command: [
      'php',
      '-r',
      'require "/usr/share/php/Composer/Semver/autoload.php"; $p=new Composer\\Semver\\VersionParser(); while(($l=fgets(STDIN))!==false){[$a,$b]=explode(" ",trim($l)); try{$a=$p->normalize($a);$b=$p->normalize($b);echo str_starts_with($a,"dev-")||str_starts_with($b,"dev-")?"x":version_compare($a,$b),"\\n";}catch(UnexpectedValueException $e){echo "x\\n";}}',
    ],
    starts: ['1', '1.0', 'v2.1.3', '1.2.3'],
    pieces: ['0', '1', '10', '.', '-', 'a', 'b', 'RC', '.0', '-dev', 'pl', '+q', '_', 'beta', 'patch', '.1'],
  },
]
const PAIRS = Number(process.env['WEIR_PAIRS'] ?? 200_000)
const SEED = Number(process.env['WEIR_SEED'] ?? 20_261_121)
const BATCH = 50_000

function pairs(judge: Judge, count: number, random: () => number): [string, string][] {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)]!
  const version = (start: string, most: number): string =>
    Array.from({ length: Math.floor(random() * most) }, () => pick(judge.pieces)).reduce((all, piece) => all + piece, start)
  return Array.from({ length: count }, () => {
    const one = version(pick(judge.starts), 6)
    return random() < 0.5 ? [one, version(pick(judge.starts), 6)] : [version(one, 4), version(one, 4)]
  })
}

/** The differences of one batch, of what both sides read; null where the tool is not there. */
function differences(
  judge: Judge,
  order: VersionOrder,
  batch: readonly [string, string][],
): { read: number; wrong: string[] } | null {
  const [program, ...rest] = judge.command
  const input = batch.map((pair) => `${pair.join(' ')}\n`).join('')
  const { status, stdout } = spawnSync(program, rest, { input, encoding: 'utf8', maxBuffer: 2 ** 26 })
  const answers = stdout?.trimEnd().split('\n') ?? []
  if (status !== 0 || answers.length !== batch.length) return null
  const wrong: string[] = []
  let read = 0
  for (const [i, [a, b]] of batch.entries()) {
    const ours = order.compare(a, b)
    if (ours === null || answers[i] === 'x') continue
    read++
    if (String(ours) !== answers[i]) wrong.push(`${a} and ${b}: ${ours}, ${judge.tool} says ${answers[i]}`)
  }
  return { read, wrong }
}

let differing = 0
let judged = 0
for (const judge of JUDGES) {
  const order = versionOrder(judge.ecosystem)!
  const random = seeded(SEED)
  let read = 0
  let missing = false
  const wrong: string[] = []
  for (let done = 0; done < PAIRS && !missing; done += BATCH) {
    const batch = differences(judge, order, pairs(judge, Math.min(BATCH, PAIRS - done), random))
    missing = batch === null
    read += batch?.read ?? 0
    wrong.push(...(batch?.wrong ?? []))
  }
  if (missing) console.log(`${judge.ecosystem.padEnd(10)} ${judge.tool} is not installed`)
  else
    console.log(`${judge.ecosystem.padEnd(10)} ${judge.tool}: ${read} of ${PAIRS} pairs read by both, ${wrong.length} differ`)
  for (const line of wrong.slice(0, 10)) console.log(`           ${line}`)
  differing += wrong.length
  judged += missing ? 0 : 1
}
process.exitCode = differing === 0 && judged > 0 ? 0 : 1
