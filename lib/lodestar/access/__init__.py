"""Who may see which client: people, links, sessions, and a record of who did what."""
