"""Trains the reading model that ships in ``data/models`` (needs the ``training`` extra).

``python -m kg.training --data DIR --out data/models/reader`` runs the whole path:

    base weights -> pruned vocabulary -> joint training -> int8 ONNX -> scores

``python -m kg.training score --data DIR`` runs the last step alone and needs no extra. Nothing of this package is
imported at run time.
"""
