"""Makes the index of the shipped data anew if the data or the code that makes it have changed since it was made.

Usage: python -m scripts.shipped_index
"""

import mltalks
from mltalks.search.indexing.shipped import write_shipped_index

if __name__ == "__main__":
    write_shipped_index(mltalks.shipped_data(), mltalks.__version__)
