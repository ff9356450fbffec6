"""Owns the understanding of posts; `reading.understand` turns one post into a draft of events and sessions."""
