"""What the workers of test_stream do: a module of its own, which is quick to import."""

import os
import signal
import sys


def double(item):
    sys.stdout.write("this must not mix with the answers")
    sys.stdout.flush()
    return 2 * item


def tell_worker(_):
    return os.getpid()


def halve(item):
    if item == "":
        raise ValueError("nothing to halve")
    return item[: len(item) // 2]


def die_of(poison, item):
    if item == poison:
        os.kill(os.getpid(), signal.SIGKILL)
    return item.upper()


def die_once(marker, item):
    if item == "7" and not marker.exists():
        marker.touch()
        os._exit(3)
    return item.upper()
