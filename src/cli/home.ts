import { homedir } from 'node:os'

/** The person's home folder; one that is not there for an account without any, as containers run with, so that nothing is kept in it. */
export function homeFolder(): string {
  try {
    return homedir()
  } catch {
    return '/nonexistent'
  }
}
