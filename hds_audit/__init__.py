"""Audits a declared infrastructure against HDS, GDPR, foreign laws and ISO 27001."""

__version__ = "0.1.0"
