"""The local request log: encrypted, append-only, tamper-evident, and ignorant of the register number."""
