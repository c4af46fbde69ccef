// Filled in by the next change: the runner process.
export {}
