"""WSGI entry of the office."""

import os

from django.core.wsgi import get_wsgi_application

from zhunsheng.infra import logging, processes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.config.settings")
processes.die_with_parent()  # the server's own workers must not outlive it and hold the port
logging.configure()
application = get_wsgi_application()
