"""The theme tree at work: its terms found in a text, sessions filed under themes with the reasons.

Reads no files and knows no terminal; imports the model and the rules for text, nothing above them.
"""
