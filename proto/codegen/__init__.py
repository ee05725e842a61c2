"""Reads the contract and writes everything that is generated. Not shipped; imports nothing of mmhooks."""
