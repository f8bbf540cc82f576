"""Answers others: SPARQL 1.1 over HTTP, and pages to explore a graph. Reads only.

command -> run -> app -> protocol | graphs | pages -> pool -> worker (a process that can be killed)

The core installation does without it: ``pip install 'diplokg[serve]'``. Nothing is imported here, because
every worker begins by importing this.
"""
