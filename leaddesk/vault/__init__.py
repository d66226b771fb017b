"""The desk on disk: its folder, its keys, the encrypted database and the ledger in it."""
