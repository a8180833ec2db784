"""Kubernetes: objects, and what their pods are given."""
