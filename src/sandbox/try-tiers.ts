import type { OpenSpec } from '../core/sandbox/contract.ts'
import { RUN_LIMITS } from '../core/sandbox/limits.ts'
import type { TierFacts, TierLack } from '../core/sandbox/tier.ts'
import type { Box } from './box.ts'
import type { TierImplementation } from './tiers/implementation.ts'

const TRIAL: OpenSpec = {
  limits: {
    ...RUN_LIMITS,
    wallMs: 10_000,
    cpuSeconds: 5,
    memoryBytes: 256 << 20,
    processes: 16,
    diskBytes: 16 << 20,
    files: 1000,
  },
  network: 'none',
  floor: 'namespace-user',
  image: null,
  mounts: [],
}

/** Opens each tier once and runs `true` in it: what starts is here, what does not is lacking, with the reason. */
export async function tryTiers(
  parts: { readonly tiers: readonly TierImplementation[]; readonly lacking: readonly TierLack[] },
  open: (spec: OpenSpec, tier: TierImplementation) => Promise<{ box: Box; end(): Promise<void> }>,
): Promise<{ here: TierFacts[]; lacking: TierLack[] }> {
  const here: TierFacts[] = []
  const lacking = [...parts.lacking]
  for (const tier of parts.tiers) {
    const why = await trial(tier, open)
    if (why === null) here.push(tier.facts)
    else lacking.push({ tier: tier.facts.tier, say: why, mend: mendOf(why) })
  }
  return { here, lacking }
}

async function trial(
  tier: TierImplementation,
  open: (spec: OpenSpec, tier: TierImplementation) => Promise<{ box: Box; end(): Promise<void> }>,
): Promise<string | null> {
  try {
    const { box, end } = await open(TRIAL, tier)
    try {
      const { result } = await box.exec({ argv: ['true'], env: {}, cwd: '/work' }, { stdin: null })
      return result.end.how === 'ended' && result.end.exit === 0 ? null : 'a program that does nothing failed inside'
    } finally {
      await end()
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The command that would help, by what bubblewrap or the kernel said. */
export function mendOf(why: string): string {
  if (/namespace|Operation not permitted|uid map|clone/i.test(why))
    return 'sysctl -w user.max_user_namespaces=15000 kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0 (those that the kernel knows)'
  if (/seccomp/i.test(why)) return 'use a kernel with CONFIG_SECCOMP_FILTER'
  if (/mkfifo/i.test(why)) return 'apt-get install -y coreutils'
  return 'run weir doctor on this machine and read what it says'
}
