"""Benchmarks: ratios in one run against a named floor. `make bench` prints them, `--json FILE` keeps them."""
