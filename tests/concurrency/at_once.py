"""Doing several things at one moment, each in a thread with a database connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

from zhunsheng.core.errors import ZhunshengError

T = TypeVar("T")


def at_once(acts: Sequence[Callable[[], T]]) -> list[T | ZhunshengError]:
    """Return what each act answered, in order; what it refused with stands in its place.

    All begin at one moment: nobody starts before everybody has his thread.
    """
    gate = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | ZhunshengError:
        try:
            gate.wait(30)
            return act()
        except ZhunshengError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def parted(answers: Sequence[T | ZhunshengError]) -> tuple[list[T], list[ZhunshengError]]:
    """Part what succeeded from what was refused."""
    done = [answer for answer in answers if not isinstance(answer, ZhunshengError)]
    return done, [answer for answer in answers if isinstance(answer, ZhunshengError)]
