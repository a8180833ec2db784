"""The format of infra.yaml, written down once: the reader, the JSON Schema and the rules all follow it."""
