"""How `gunicorn -c gunicorn.conf.py` serves the site; `feeds serve` does the same and watches the posts.

PORT, WEB_CONCURRENCY, FORWARDED_ALLOW_IPS and FEEDS_ACCESS_LOG ("-" for standard output) are read from the
environment, FEEDS_POSTS and FEEDS_CATALOG as the command `feeds` does.
"""

from __future__ import annotations

import os
from pathlib import Path

from feeds.web import default_catalog_path
from feeds.web.serve import gunicorn_settings, publish_first

wsgi_app = "feeds.web.site:application"

globals().update(
    gunicorn_settings(
        bind=f"0.0.0.0:{os.environ.get('PORT', '8000')}",
        workers=int(os.environ.get("WEB_CONCURRENCY", "2")),
    )
)


def on_starting(_server: object) -> None:
    """Publish before the first worker starts; where the posts are gone, what was published last is served."""
    from feeds.settings import load_settings  # noqa: PLC0415 - in the master only

    posts = Path(os.environ.get("FEEDS_POSTS", "posts"))
    settings, _ = load_settings(posts.absolute().parent, environ=os.environ)
    publish_first(posts=posts, catalog=default_catalog_path(), settings=settings)
