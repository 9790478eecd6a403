"""The client's own documents: engagement.yml, corrections.yml, assumptions.yml, notes.md."""
