"""A server of the Model Context Protocol: searches, counts and edits as tools for programs and agents.

Does not read the environment: `cli.commands.mcp` gives it the data.
"""
