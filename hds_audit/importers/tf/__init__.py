"""Terraform: plans and configurations to resources, resources to facts by the mapping tables."""
