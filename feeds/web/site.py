"""Owns the ASGI application that gunicorn loads, with the catalog that FEEDS_CATALOG names."""

from feeds.web.asgi import create_asgi_app

application = create_asgi_app()
