"""The reading network: a BERT encoder with heads for tags, names and biaffine dependencies.

Dependency heads after Dozat and Manning, "Deep Biaffine Attention for Neural Dependency Parsing", ICLR 2017. A
word is the mean of its first and last subword over a learned mix of three layers.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.syntax.pieces import PAD
from kg.training.base import BaseModel

ARC_SIZE = 256
LABEL_SIZE = 128
DROPOUT = 0.2
MIXED_LAYERS = (-1, -3, -5)


class EncoderLayer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, base: BaseModel) -> None:
        super().__init__()
        size = base.hidden
        self.heads = base.heads
        self.query, self.key, self.value = (nn.Linear(size, size) for _ in range(3))
        self.attention_out = nn.Linear(size, size)
        self.attention_norm = nn.LayerNorm(size, eps=base.epsilon)
        self.inner = nn.Linear(size, base.feed_forward)
        self.outer = nn.Linear(base.feed_forward, size)
        self.out_norm = nn.LayerNorm(size, eps=base.epsilon)
        self.drop = nn.Dropout(0.1)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Map [batch, pieces, hidden] to the same shape; ``mask`` is added to the attention scores."""
        batch, length, size = hidden.shape

        def split(x: Tensor) -> Tensor:
            return x.view(batch, length, self.heads, size // self.heads).transpose(1, 2)

        attended = functional.scaled_dot_product_attention(
            split(self.query(hidden)), split(self.key(hidden)), split(self.value(hidden)), attn_mask=mask
        )
        attended = attended.transpose(1, 2).reshape(batch, length, size)
        hidden = self.attention_norm(hidden + self.drop(self.attention_out(attended)))
        inner = functional.gelu(self.inner(hidden))
        return self.out_norm(hidden + self.drop(self.outer(inner)))


class Encoder(nn.Module):
    """The base model with its decoded weights; the word embeddings stay frozen."""

    def __init__(self, base: BaseModel) -> None:
        super().__init__()
        tensor = {name: torch.from_numpy(array.copy()) for name, array in base.tensors.items()}
        size = base.hidden
        words = tensor["emb.word"].view(-1, size)
        self.words = nn.Embedding.from_pretrained(words, freeze=True, padding_idx=PAD)
        positions = tensor["emb.pos"].view(-1, size) + tensor["emb.type"].view(-1, size)[:1]
        self.positions = nn.Embedding.from_pretrained(positions, freeze=False)
        self.norm = nn.LayerNorm(size, eps=base.epsilon)
        self.layers = nn.ModuleList(EncoderLayer(base) for _ in range(base.layers))
        self.drop = nn.Dropout(0.1)
        _fill(self.norm, tensor["emb.ln.w"], tensor["emb.ln.b"])
        for number, layer in enumerate(self.layers):
            for short, module in (
                ("q", layer.query),
                ("k", layer.key),
                ("v", layer.value),
                ("ao", layer.attention_out),
                ("fi", layer.inner),
                ("fo", layer.outer),
                ("aln", layer.attention_norm),
                ("oln", layer.out_norm),
            ):
                _fill(module, tensor[f"l{number}.{short}.w"], tensor[f"l{number}.{short}.b"])

    def forward(self, words: Tensor, there: Tensor) -> list[Tensor]:
        """Map embeddings of pieces [batch, pieces, hidden] to the hidden states of all layers, before them included.

        ``there`` [batch, pieces] is 1 for pieces and 0 for padding.
        """
        mask = ((there.to(words.dtype) - 1) * 1e4)[:, None, None, :]
        place = torch.arange(words.shape[1], device=words.device)[None]
        states = [self.drop(self.norm(words + self.positions(place)))]
        for layer in self.layers:
            states.append(layer(states[-1], mask))
        return states


class Reader(nn.Module):
    """Tags, names, arcs and arc labels of words."""

    def __init__(self, base: BaseModel, *, tags: int, names: int, labels: int) -> None:
        super().__init__()
        size = base.hidden
        self.encoder = Encoder(base)
        self.drop = nn.Dropout(DROPOUT)
        self.mix = nn.Parameter(torch.zeros(len(MIXED_LAYERS)))
        self.tag = nn.Linear(size, tags)
        self.name = nn.Linear(size, names)
        self.root = nn.Parameter(torch.zeros(size))
        self.arc_head, self.arc_child = _projection(size, ARC_SIZE), _projection(size, ARC_SIZE)
        self.label_head, self.label_child = _projection(size, LABEL_SIZE), _projection(size, LABEL_SIZE)
        self.arc_weight = nn.Parameter(torch.randn(ARC_SIZE + 1, ARC_SIZE) * 0.01)
        self.label_weight = nn.Parameter(torch.randn(labels, LABEL_SIZE + 1, LABEL_SIZE + 1) * 0.01)

    def forward(
        self, ids: Tensor, first: Tensor, last: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Map ids [b, pieces] and first and last piece of each word [b, w] to scores.

        Returns tags [b, w, t], names [b, w, n], arcs [b, w, w + 1] (column 0 is the root), and the label
        representations of children [b, w, d] and heads [b, w + 1, d].
        """
        return self.scores(self.encoder.words(ids), (ids != PAD).long(), first, last)

    def scores(
        self, pieces: Tensor, there: Tensor, first: Tensor, last: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Map embeddings of pieces to scores, as ``forward`` does ids; ``there`` is 0 for padding."""
        words = self.drop(self._words(self.encoder(pieces, there), first, last))
        with_root = torch.cat([self.root + 0 * words[:, :1], words], 1)
        arcs = torch.einsum(
            "bci,ij,bhj->bch", _one(self.arc_child(words)), self.arc_weight, self.arc_head(with_root)
        )
        return (
            self.tag(words),
            self.name(words),
            arcs,
            _one(self.label_child(words)),
            _one(self.label_head(with_root)),
        )

    def labels(self, children: Tensor, heads: Tensor, chosen: Tensor) -> Tensor:
        """Return label scores [b, w, labels] for each word and its chosen head."""
        picked = torch.gather(heads, 1, chosen[..., None].expand(-1, -1, heads.shape[-1]))
        return torch.einsum("bci,rij,bcj->bcr", children, self.label_weight, picked)

    def _words(self, states: list[Tensor], first: Tensor, last: Tensor) -> Tensor:
        mix = self.mix.softmax(0)
        mixed = sum((mix[i] * states[layer] for i, layer in enumerate(MIXED_LAYERS)), torch.zeros(()))
        size = mixed.shape[-1]

        def gather(index: Tensor) -> Tensor:
            return torch.gather(mixed, 1, index[..., None].expand(-1, -1, size))

        return (gather(first) + gather(last)) / 2


def _projection(size: int, out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(size, out), nn.GELU(), nn.Dropout(DROPOUT))


def _one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def _fill(module: nn.Module, weight: Tensor, bias: Tensor) -> None:
    with torch.no_grad():
        module.weight.copy_(weight.view_as(module.weight))  # type: ignore[operator, arg-type]
        module.bias.copy_(bias)  # type: ignore[operator]
