"""The loop that both networks are trained in: steps, the rate of learning, reports, weights after each epoch."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

REPORT_EVERY = 100  # steps
KEPT = 0.995  # of the average of the weights, at each step

Batch = TypeVar("Batch")


def run(  # noqa: PLR0913 - what is trained, on what, how, and where it goes
    plan: Sequence[Sequence[Batch]],
    module: nn.Module,
    loss_of: Callable[[Batch], Tensor],
    optimizer: torch.optim.Optimizer,
    *,
    warm_up: float,
    save: Path,
    bf16: bool = False,
) -> None:
    """Train in place over epochs of batches, and write the weights to ``save`` after each epoch. Raises OSError.

    ``warm_up`` is the share of the steps in which the rate rises. With ``bf16``, products are in 16 bits (bfloat16):
    several times as fast on processors with AMX. What is written, and what stays in the module in the end, is the
    running average of the weights, which reads better than the last of them.
    """
    average = Average(module)
    total = sum(map(len, plan))
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, total, warm_up))
    start, step, running = time.monotonic(), 0, 0.0
    for epoch, batches in enumerate(plan, start=1):
        for batch in batches:
            with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
                loss = loss_of(batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(module.parameters(), 1.0)
            optimizer.step()
            rate.step()
            average.add()
            step, running = step + 1, 0.98 * running + 0.02 * loss.item()
            if step % REPORT_EVERY == 0:
                spent = time.monotonic() - start
                left = spent / step * (total - step)
                print(f"{step}/{total} {spent:.0f}s loss {running:.3f} left {left:.0f}s", flush=True)
        torch.save(average.state(), save)
        print(f"epoch {epoch} saved", flush=True)
    module.load_state_dict(average.state())


class Average:
    """The running average of a module's weights over the last few hundred steps (Polyak and Juditsky 1992)."""

    def __init__(self, module: nn.Module) -> None:
        self._module, self._steps = module, 0
        self._means = {n: p.detach().clone() for n, p in module.named_parameters() if p.requires_grad}

    def add(self) -> None:
        """Take the weights of now into the average."""
        self._steps += 1
        kept = min(KEPT, self._steps / (self._steps + 9))
        with torch.no_grad():
            for name, parameter in self._module.named_parameters():
                if name in self._means:
                    self._means[name].mul_(kept).add_(parameter, alpha=1 - kept)

    def state(self) -> dict[str, Tensor]:
        """Return the state of the module with the averages in it."""
        return {**self._module.state_dict(), **self._means}


def _rate(step: int, total: int, warm_up: float) -> float:
    """Return the share of the learning rate at a step: up, then down in a line to a hundredth."""
    return min((step + 1) / (warm_up * total), max(0.01, (total - step) / ((1 - warm_up) * total)))
