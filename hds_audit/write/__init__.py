"""Descriptions to YAML: new files with comments, and edits that leave every other byte as it was."""
