"""Pairing articles: which Chinese and which English article are translations of each other."""

from tasks.pair.disagree import conflicts
from tasks.pair.known import KnownPairs, PairRow, PairsFileError, read_pairs_file
from tasks.pair.match import Match, Pairing, SignedArticle, pair
from tasks.pair.nearest import Similarity, similarity
from tasks.pair.settings import PairSettings
from tasks.pair.signature import Signature, sign, sign_all, sign_text

__all__ = [
    "KnownPairs",
    "Match",
    "PairRow",
    "PairSettings",
    "Pairing",
    "PairsFileError",
    "Signature",
    "SignedArticle",
    "Similarity",
    "conflicts",
    "pair",
    "read_pairs_file",
    "sign",
    "sign_all",
    "sign_text",
    "similarity",
]
