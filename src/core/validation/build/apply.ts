/** Where the patch lies while it is applied. */
export const PATCH = '/in/weir.patch'
/** How far it came: `apply` while applying, then with what it was applied. */
export const STEP = '/out/weir-step'

/**
 * Shell that applies it in the tree.
 *
 * git reads every form of patch and refuses half-applied ones; patch(1) is there for images without git and for lines that moved.
 * The paths were confined before it came here; the sandbox holds what that missed.
 */
export const APPLY = `printf 'apply\\n' >${STEP}
export GIT_CEILING_DIRECTORIES=/work GIT_CONFIG_NOSYSTEM=1
how=
if command -v git >/dev/null 2>&1; then
  for p in 1 0; do
    if [ -z "$how" ] && git apply --whitespace=nowarn -p$p ${PATCH} 2>/out/weir-why; then how="git apply -p$p"; fi
  done
fi
if [ -z "$how" ] && command -v patch >/dev/null 2>&1; then
  for p in 1 0; do
    if [ -z "$how" ] && patch -p$p --batch --forward --dry-run -i ${PATCH} >/out/weir-why 2>&1; then
      patch -p$p --batch --forward --no-backup-if-mismatch -i ${PATCH} >/dev/null
      how="patch -p$p"
    fi
  done
fi
if [ -z "$how" ]; then cat /out/weir-why >&2 || :; exit 1; fi
printf '%s\\n' "$how" >${STEP}
unset how p`
