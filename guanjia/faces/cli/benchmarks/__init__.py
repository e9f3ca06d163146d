"""The benchmarks of `guanjia bench`: each measures a ratio in the same run, with figures to reach.

A benchmark is a module with `run(size, db, say) -> Result`. It may write rows directly: it works in a database of its own.
"""

NAMES = {
    "import": "guanjia.faces.cli.benchmarks.imports",
    "occurrences": "guanjia.faces.cli.benchmarks.occurrences",
}
