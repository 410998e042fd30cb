"""``python -m bench.program NAME``: one measure; with a number and threads, one process of its clients.

Django is made ready here, before the measures import the applications.
"""

import importlib
import os
import sys

import django

from zhunsheng.infra import logging


def main() -> None:
    """Run the program that the first word names."""
    portal = sys.argv[1] == "reading"
    os.environ["ZHUNSHENG_ROLE"] = "portal" if portal else "app"
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhunsheng.config.settings" + ("_portal" if portal else "")
    logging.configure()
    django.setup()
    program = importlib.import_module(f"bench.{sys.argv[1]}")
    if len(sys.argv) > 2:  # noqa: PLR2004  (the words after the name)
        from bench.clients import serve  # noqa: PLC0415  (it needs Django to be ready)

        serve(program.job, int(sys.argv[2]), int(sys.argv[3]))
    else:
        program.main()


if __name__ == "__main__":
    main()
