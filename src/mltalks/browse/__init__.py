"""The screen of `mltalks browse`: themes, talks and one talk, walked through with keys (Textual).

Does not read the environment, print, or declare the command: `cli` does.
"""
