import { execFileSync } from 'node:child_process'
import { findProgram, type Missing } from './tools.ts'

/** runsc as it is installed, and what of its command line it knows. */
export interface GvisorTools {
  readonly runsc: string
  readonly version: string
  readonly platform: 'systrap' | 'ptrace'
  /** Its global options, up to its command. */
  readonly options: readonly string[]
  readonly setpriv: string
  readonly unshare: string
}

const TOLD_MS = 5000

/** Finds runsc and what starts it, or says what is missing and which command brings it. */
export function findGvisor(): GvisorTools | Missing {
  const runsc = findProgram('runsc')
  if (runsc === null) return { say: 'runsc (gVisor) is not installed', mend: 'apt-get install -y runsc' }
  const setpriv = findProgram('setpriv')
  const unshare = findProgram('unshare')
  if (setpriv === null || unshare === null)
    return { say: 'setpriv or unshare is not installed', mend: 'apt-get install -y util-linux' }
  const version = /runsc version (\S{1,40})/.exec(told(runsc, '--version'))?.[1]
  if (version === undefined) return { say: `${runsc} does not say its version`, mend: 'apt-get install -y --reinstall runsc' }
  const flags = told(runsc, 'flags')
  const platform = flags.includes('systrap') ? 'systrap' : 'ptrace'
  const knows = (name: string) => new RegExp(`^\\s+-${name}(?:\\s|$)`, 'm').test(flags)
  if (!knows('host-fifo') || !knows('rootless'))
    return { say: `runsc ${version} is too old`, mend: 'install runsc of December 2022 or newer' }
  return {
    runsc,
    version,
    platform,
    options: [
      ...[`--platform=${platform}`, '--network=none', '--ignore-cgroups', '--rootless', '--host-fifo=open'],
      ...['--host-uds=none', '--overlay2=none', '--directfs=false'].filter((option) => knows(/^--([^=]+)/.exec(option)![1]!)),
    ],
    setpriv,
    unshare,
  }
}

/** What it prints, whichever stream it takes; empty where it does not run. */
function told(runsc: string, word: string): string {
  try {
    return execFileSync('/bin/sh', ['-c', '"$0" "$1" 2>&1', runsc, word], { env: {}, encoding: 'utf8', timeout: TOLD_MS })
  } catch (error) {
    return typeof error === 'object' && error !== null && 'stdout' in error ? String(error.stdout) : ''
  }
}
