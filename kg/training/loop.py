"""The loop that both networks are trained in: steps, the rate of learning, reports, weights after each epoch."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

REPORT_EVERY = 100  # steps

Batch = TypeVar("Batch")


def run(  # noqa: PLR0913 - what is trained, on what, how, and where it goes
    plan: Sequence[Sequence[Batch]],
    module: nn.Module,
    loss_of: Callable[[Batch], Tensor],
    optimizer: torch.optim.Optimizer,
    *,
    warm_up: float,
    save: Path,
) -> None:
    """Train in place over epochs of batches, and write the weights to ``save`` after each epoch. Raises OSError.

    ``warm_up`` is the share of the steps in which the rate rises.
    """
    total = sum(map(len, plan))
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, total, warm_up))
    start, step, running = time.monotonic(), 0, 0.0
    for epoch, batches in enumerate(plan, start=1):
        for batch in batches:
            loss = loss_of(batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(module.parameters(), 1.0)
            optimizer.step()
            rate.step()
            step, running = step + 1, 0.98 * running + 0.02 * loss.item()
            if step % REPORT_EVERY == 0:
                spent = time.monotonic() - start
                left = spent / step * (total - step)
                print(f"{step}/{total} {spent:.0f}s loss {running:.3f} left {left:.0f}s", flush=True)
        torch.save(module.state_dict(), save)
        print(f"epoch {epoch} saved", flush=True)


def _rate(step: int, total: int, warm_up: float) -> float:
    """Return the share of the learning rate at a step: up, then down in a line to a hundredth."""
    return min((step + 1) / (warm_up * total), max(0.01, (total - step) / ((1 - warm_up) * total)))
