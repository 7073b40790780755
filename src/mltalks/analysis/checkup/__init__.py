"""What looks wrong in a catalogue, each finding with the command that mends it.

Looks and suggests only: nothing is changed here, and nothing fetched.
"""
