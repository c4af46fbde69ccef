import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import type { PinnedPackage } from './pinned.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** Why a peer cannot be had on this machine; its rows say so. */
export class NoPeer extends Error {}

/** Where peers lie: `WEIR_PEERS`, or a folder of the user's cache. Throws where that is within the repository. */
export function peersFolder(): string {
  const folder = resolve(
    process.env['WEIR_PEERS'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'weir-peers'),
  )
  if (!relative(ROOT, folder).startsWith('..')) throw new Error('WEIR_PEERS must lie outside the repository')
  mkdirSync(folder, { recursive: true })
  return folder
}

/** The folder of a pinned package under `node_modules` of the peers' folder, fetched once by npm. Throws NoPeer, also where its bytes are others. */
export function fetchPeer(folder: string, { name, version, integrity }: PinnedPackage): string {
  const home = join(folder, 'node_modules', name)
  const mark = join(home, `.fetched-${version}`)
  if (existsSync(mark)) return home
  const packed = spawnSync('npm', ['pack', `${name}@${version}`, '--json', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (packed.status !== 0)
    throw new NoPeer(`npm cannot fetch ${name}@${version}: ${packed.error?.message ?? lastLine(packed.stderr)}`)
  const archive = join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
  const digest = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`
  if (digest !== integrity) throw new NoPeer(`${name}@${version} is not what was pinned: ${digest}`)
  const fresh = `${home}.fresh`
  for (const old of [fresh, home]) rmSync(old, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  const opened = spawnSync('tar', ['xzf', archive, '-C', fresh, '--strip-components=1'])
  if (opened.status !== 0) throw new NoPeer(`${name}@${version} does not unpack`)
  renameSync(fresh, home)
  rmSync(archive)
  mkdirSync(mark)
  return home
}

/** The last line a program said, for a reason in a row. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 200) ?? ''
}
