"""Settings of the tests: the program's own, on the data folder and the template database of the tests."""

from tests import server

server.settle()  # before the program's settings are read: they read the environment

from zhunsheng.config.settings import *  # noqa: E402, F403  (settings are a flat list of names, by Django's design)
