"""The bilingual lexicon: how much more often than by chance two tokens translate each other.

For a Chinese token z and an English token e it holds two ratios, ``t(e|z) / p(e)`` and
``t(z|e) / p(z)``: the translation probabilities of IBM Model 1 (Brown et al. 1993, *The Mathematics
of Statistical Machine Translation*) over the frequencies of the tokens. Tokens are strings; what is
a token is decided by the aligner (``tasks.align.tokens``). ``lexicon.bin`` in this folder is the
shipped one, ``README.md`` its card.
"""

from models.lexicon.store import Lexicon, load_lexicon, save_lexicon

__all__ = ["Lexicon", "load_lexicon", "save_lexicon"]
