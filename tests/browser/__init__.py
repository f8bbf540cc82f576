"""The network page in a real browser."""
