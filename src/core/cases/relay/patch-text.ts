import type { Scrubber } from './personal-data.ts'

// A patch out of mail begins each commit with `From` and its name; what comes before the first changed file is for people.
const COMMIT = /^(?=From [0-9a-f]{7,64} )/m
const CHANGES = /^(?:diff |--- |Index: )/m

/**
 * A patch without addresses and names in what stands before the changes. The changes themselves are the patch: where they name a
 * reporter the answer is null, because a patch that was altered there does not apply.
 */
export function cleanPatch(text: string, scrubber: Scrubber): string | null {
  const commits = text.split(COMMIT).map((commit) => {
    const at = commit.search(CHANGES)
    const changes = at < 0 ? '' : commit.slice(at)
    return { said: at < 0 ? commit : commit.slice(0, at), changes }
  })
  if (commits.some(({ changes }) => scrubber.names(changes))) return null
  return commits.map(({ said, changes }) => scrubber.scrub(said) + changes).join('')
}
