"""What the commands do, one module each: ``EXAMPLE``, ``add_options(parser)`` and ``run(options) -> status``.

``kg.cli`` imports the module of the command that is asked for, and no other.
"""
