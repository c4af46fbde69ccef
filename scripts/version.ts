// Says which Node runs Weir and that its packages are there; the first step of `.ci/run`, and the cheapest proof of an install.
process.stdout.write(`weir runs on node ${process.versions.node} (${process.platform}-${process.arch})\n`)
