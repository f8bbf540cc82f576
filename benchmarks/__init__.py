"""Measurements that take longer than a test. Each is a module: ``python -m benchmarks.NAME --help``."""
