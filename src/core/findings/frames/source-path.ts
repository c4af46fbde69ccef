const BUILD_ROOTS =
  /^\/(?:src|build|builds|work|workspace|out|tmp|b|app|code|proc\/self\/cwd|usr\/src|mnt\/[^/]{1,64}|opt\/build|go\/src|root)\//
const HOMES = /^\/(?:home|Users|export\/home|usr\/local\/google\/home)\/[^/]{1,128}\//
const CI_ROOTS = /^\/(?:github\/workspace|home\/runner\/work\/[^/]{1,128}|builds\/[^/]{1,128}|var\/lib\/jenkins\/workspace)\//

/**
 * A source path that stays the same between builds: `/` separated, without build and home prefixes, drive letters, `.` and
 * `..`; in lower case only where the path is a Windows one. Empty where nothing is left. Never throws.
 */
export function normalisePath(path: string): string {
  const clipped = path.slice(0, 2_048).trim()
  const windows = /^(?:\\\\\?\\)?[A-Za-z]:[\\/]/.test(clipped) || (clipped.includes('\\') && !clipped.includes('/'))
  let name = windows ? clipped.replaceAll('\\', '/').toLowerCase() : clipped
  name = name.replace(/^\/\/\?\//, '').replace(/^[a-z]:\//i, '/')
  if (name.startsWith('file://')) name = name.slice(7)
  const rooted = name.startsWith('/')
  name = (rooted ? '/' : '') + withoutDots(name)
  const execroot = /\/execroot\/[^/]{1,128}\//.exec(name)
  if (execroot) name = '/' + name.slice(execroot.index + execroot[0].length)
  for (const root of [CI_ROOTS, HOMES, BUILD_ROOTS]) name = name.replace(root, '/')
  name = name.replace(/^\/+/, '')
  return name.replace(/^bazel-out\/[^/]{1,128}\/(?:bin|genfiles)\//, '')
}

function withoutDots(path: string): string {
  const out: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') out.push(part)
    else if (out.length > 0) out.pop()
  }
  return out.join('/')
}
