"""Trains the learned relation layer on top of the reading model (needs the ``training`` extra).

    written sentences + examples of the lexicon -> states of the shared layers -> training -> int8 ONNX

The lower layers of the reading model are shared and stay as they are; see ``network`` for what is trained.
"""
