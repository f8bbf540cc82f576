"""The options that say how a language model is asked."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from kg.config import ANSWERS, LlmSettings

N = TypeVar("N", int, float)

DEFAULTS: Final = LlmSettings()


def add_llm(parser: argparse.ArgumentParser) -> None:
    """Add the options of a language model, in a group of their own."""
    group = parser.add_argument_group(
        "language model", "for the extractors llm and rules+llm; the key is read from DIPLOKG_LLM_KEY"
    )
    add = group.add_argument
    add("--model", default="", help="name of the model, as its server knows it")
    add("--base-url", default="", metavar="URL", help="its API, such as http://localhost:11434/v1")
    add("--cache", type=Path, metavar="FILE", help=f"file of answers (default: {ANSWERS})")
    add("--offline", action="store_true", help="use the answers of that file only")
    add("--max-requests", type=_from(0, int), default=0, metavar="N", help="budget; 0 is no limit")
    add("--max-tokens", type=_from(0, int), default=0, metavar="N", help="budget, questions and answers")
    add("--max-cost", type=_from(0, float), default=0.0, metavar="X", help="budget, in the prices' currency")
    add(
        "--price",
        nargs=2,
        type=_from(0, float),
        default=(0.0, 0.0),
        metavar=("IN", "OUT"),
        help="price of a million tokens of questions and of answers",
    )
    add("--at-once", type=_from(1, int), default=DEFAULTS.workers, metavar="N", help="articles at once")
    add(
        "--timeout", type=_from(1, float), default=DEFAULTS.timeout, metavar="S", help="seconds for an answer"
    )
    add("--temperature", type=_from(0, float), default=DEFAULTS.temperature, metavar="T", help="default: 0")
    add("--seed", type=int, default=DEFAULTS.seed, metavar="N", help="default: 0")
    add(
        "--answer-tokens",
        type=_from(1, int),
        default=DEFAULTS.answer_tokens,
        metavar="N",
        help=f"most tokens of an answer (default: {DEFAULTS.answer_tokens})",
    )
    add(
        "--passage",
        type=_from(200, int),
        default=DEFAULTS.passage,
        metavar="N",
        help=f"most characters of a question (default: {DEFAULTS.passage})",
    )


def llm_of(options: argparse.Namespace) -> LlmSettings:
    """Return the settings that the options of ``add_llm`` choose."""
    price_in, price_out = options.price
    return LlmSettings(
        model=options.model,
        base_url=options.base_url,
        cache=options.cache,
        offline=options.offline,
        temperature=options.temperature,
        seed=options.seed,
        answer_tokens=options.answer_tokens,
        passage=options.passage,
        workers=options.at_once,
        timeout=options.timeout,
        max_requests=options.max_requests,
        max_tokens=options.max_tokens,
        max_cost=options.max_cost,
        price_in=price_in,
        price_out=price_out,
    )


def _from(least: float, kind: Callable[[str], N]) -> Callable[[str], N]:
    """Return a reader of numbers not below ``least``."""

    def read(text: str) -> N:
        try:
            number = kind(text)
        except ValueError:
            number = None
        if number is None or not least <= number < float("inf"):
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {least:g} on")
        return number

    return read
