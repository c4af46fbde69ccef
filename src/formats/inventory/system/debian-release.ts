/** Versions of Ubuntu's `base-files` in its releases with long support, without what updates append. */
const UBUNTU: ReadonlyMap<string, string> = new Map([
  ['9.4ubuntu4', '16.04'],
  ['10.1ubuntu2', '18.04'],
  ['11ubuntu5', '20.04'],
  ['12ubuntu4', '22.04'],
  ['13ubuntu10', '24.04'],
])

/**
 * The release that a version of the package `base-files` belongs to: in Debian its first number is the release's, in Ubuntu each
 * release has one of its own. Null where it is neither.
 */
export function debianRelease(baseFiles: string): string | null {
  if (baseFiles.includes('ubuntu')) return UBUNTU.get(/^[\d.]{1,10}ubuntu\d{1,4}/.exec(baseFiles)?.[0] ?? '') ?? null
  return /^(\d{1,2})(?:\.\d{1,3}){0,2}(?:\+deb\d{1,2}u\d{1,3})?$/.exec(baseFiles)?.[1] ?? null
}
