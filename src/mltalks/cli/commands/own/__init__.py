"""The commands that change the user data.

Does not write files: `userdata` does.
"""
