"""A small network on loopback, good and bad on purpose, started and stopped by the tests."""
