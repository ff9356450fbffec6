"""Owns the understanding of posts: `reading.understand` turns one into a draft of events and sessions."""
