"""Trains the reading model that ships in ``data/models`` (needs the ``training`` extra).

``python -m kg.training --data DIR --out data/models/reader`` runs the whole path (``score --data DIR`` the last step):
base weights -> pruned vocabulary -> joint training -> int8 ONNX -> scores.
Nothing of this package is imported at run time.
"""
