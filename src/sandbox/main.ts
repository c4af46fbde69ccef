// Filled in by the next change: the sandbox process.
export {}
