// Repositories that hold whole systems or whole package collections: a claim on all of one tells nobody what is looked at, and would
// overlap with everybody's. Data, chosen by Weir; names as `nameTarget` writes them.
export const WIDE_TARGETS: ReadonlySet<string> = new Set([
  'pkg:generic/linux',
  'pkg:generic/linux-kernel',
  'pkg:github/torvalds/linux',
  'repo:git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux',
  'repo:git.kernel.org/pub/scm/linux/kernel/git/stable/linux',
  'pkg:deb/debian/linux',
  'pkg:github/chromium/chromium',
  'repo:chromium.googlesource.com/chromium/src',
  'pkg:github/mozilla-firefox/firefox',
  'pkg:github/webkit/webkit',
  'pkg:github/llvm/llvm-project',
  'pkg:github/nixos/nixpkgs',
  'pkg:github/homebrew/homebrew-core',
  'pkg:github/freebsd/freebsd-src',
  'pkg:github/openbsd/src',
  'pkg:github/apple-oss-distributions/xnu',
  'repo:android.googlesource.com/platform/frameworks/base',
  'repo:git.openembedded.org/openembedded-core',
])
