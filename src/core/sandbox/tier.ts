/**
 * How strong a wall is, the strongest first. `gvisor`: a kernel of its own in user space. `namespace`: bubblewrap under a uid of
 * its own with cgroup limits and seccomp. `namespace-user`: the same as an ordinary user without cgroup rights: memory is held by
 * watching, under the user's own uid.
 */
export const TIERS = ['gvisor', 'namespace', 'namespace-user'] as const
export type Tier = (typeof TIERS)[number]

/** The weakest wall that the caller accepts. */
export type Floor = Tier

/** Whether `tier` is at least as strong as `floor`. */
export function reaches(tier: Tier, floor: Floor): boolean {
  return TIERS.indexOf(tier) <= TIERS.indexOf(floor)
}

/**
 * `none`: no socket but Unix ones. `own-loopback`: IP sockets in a network namespace that has nothing but its own loopback.
 * Several hosts in one private network belong to the contract and no tier offers them yet: opening one says so.
 */
export type Network = 'none' | 'own-loopback' | { readonly hosts: readonly string[] }

/** What one tier on this machine is, as it stands in a statement. */
export interface TierFacts {
  readonly tier: Tier
  /** For example `bubblewrap 0.8.0, cgroup v1, seccomp allow list`. */
  readonly says: string
  /** How memory is held: by the kernel, or by watching and killing. */
  readonly memory: 'cgroup-v1' | 'cgroup-v2' | 'watched'
  /** Where it is not `off`: the tier cannot turn it off, so addresses differ from run to run. */
  readonly addressRandomisation?: 'on'
}

/** Why a tier is not there, with the command that would help. */
export interface TierLack {
  readonly tier: Tier
  readonly say: string
  readonly mend: string
}
