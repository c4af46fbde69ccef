import type { CgroupFiles } from './files.ts'

export interface CgroupPlaces {
  /** By v1 controller: the folder of this process's own group. */
  readonly v1: ReadonlyMap<string, string>
  /** The unified hierarchy: where it is mounted, and this process's own group in it. */
  readonly v2: { readonly mount: string; readonly own: string } | null
}

/** Finds the hierarchies from /proc/self/mountinfo and /proc/self/cgroup (cgroups(7)). */
export function findCgroups(files: CgroupFiles): CgroupPlaces {
  const paths = new Map<string, string>()
  for (const line of (files.read('/proc/self/cgroup') ?? '').split('\n')) {
    const [, controllers, ...path] = line.split(':')
    if (controllers !== undefined) for (const one of controllers.split(',')) paths.set(one, path.join(':'))
  }
  const v1 = new Map<string, string>()
  let v2: CgroupPlaces['v2'] = null
  for (const line of (files.read('/proc/self/mountinfo') ?? '').split('\n')) {
    const [front = '', back = ''] = line.split(' - ')
    const [, , , root = '/', mount = ''] = front.split(' ')
    const [kind, , options = ''] = back.split(' ')
    const own = (path: string) =>
      join(mount, path === root ? '/' : path.startsWith(`${root}/`) ? path.slice(root.length) : path)
    if (kind === 'cgroup2') v2 = { mount, own: own(paths.get('') ?? '/') }
    if (kind === 'cgroup') for (const one of options.split(',')) if (paths.has(one)) v1.set(one, own(paths.get(one)!))
  }
  return { v1, v2 }
}

function join(mount: string, path: string): string {
  return path === '/' ? mount : `${mount}${path}`
}
