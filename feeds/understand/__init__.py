"""Owns the reading of posts: what stands in a block tree or front matter becomes drafts of events and sessions."""
