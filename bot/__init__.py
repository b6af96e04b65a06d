"""The running program: commands, store, sources, Telegram."""
